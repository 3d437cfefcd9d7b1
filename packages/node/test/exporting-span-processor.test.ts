import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { buildSpan } from '@genspan/test-utils';
import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import { ExportingSpanProcessor } from '../src/exporting-span-processor.js';
import { UnheldWork } from '../src/unheld-work.js';
import { deferred } from './deferred.js';

const unheld = new UnheldWork();

describe('ExportingSpanProcessor', () => {
  it('waits in a flush for the batch that is already on its way', async () => {
    const underWay = deferred();
    const started = deferred();
    const exporter: SpanExporterLike = {
      export: (_, done) => {
        started.resolve();
        void underWay.promise.then(() => done({ code: EXPORT_SUCCESS }));
      },
      forceFlush: () => underWay.promise,
      shutdown: () => Promise.resolve(),
    };
    const processor = new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1 });
    const exporting = new ExportingSpanProcessor(processor, exporter, unheld);
    exporting.onEnd(buildSpan());
    await started.promise;
    let flushed = false;
    const flush = exporting.forceFlush().then(() => (flushed = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(flushed).toBe(false);
    underWay.resolve();
    await flush;
  });

  it('shuts the exporter down even when the last export fails', async () => {
    const shutdown = jest.fn(() => Promise.resolve());
    const exporter: SpanExporterLike = {
      export: (_, done) => done({ code: EXPORT_FAILED, error: new Error('down') }),
      shutdown,
    };
    const exporting = new ExportingSpanProcessor(new BatchSpanProcessor({ exporter }), exporter, unheld);
    exporting.onEnd(buildSpan());
    await expect(exporting.shutdown()).rejects.toThrow('down');
    expect(shutdown).toHaveBeenCalled();
  });
});
