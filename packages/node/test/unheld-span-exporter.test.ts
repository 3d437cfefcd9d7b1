import { EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { UnheldSpanExporter } from '../src/unheld-span-exporter.js';
import { UnheldWork } from '../src/unheld-work.js';

const unheld = new UnheldWork();

test('lets go of timers that the exporter makes', async () => {
  let timer: NodeJS.Timeout | undefined;
  const exporter: SpanExporterLike = {
    export: (_, done) => {
      timer = setTimeout(() => undefined, 60_000);
      done({ code: EXPORT_SUCCESS });
    },
    shutdown: () => Promise.resolve(),
  };
  await new Promise((resolve) => new UnheldSpanExporter(exporter, unheld).export([buildSpan()], resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(timer?.hasRef()).toBe(false);
  clearTimeout(timer);
});

test('can do at exit what the exporter can do', () => {
  const exporter: SpanExporterLike = {
    export: (_, done) => done({ code: EXPORT_SUCCESS }),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const without = new UnheldSpanExporter(exporter, unheld);
  expect([without.exportSync, without.flushSync, without.deliveryCounts]).toEqual([undefined, undefined, undefined]);
  const exportSync = jest.fn(() => ({ code: EXPORT_SUCCESS }) as const);
  const deliveryCounts = () => ({ retried: 1, bytes: 2 });
  const able = new UnheldSpanExporter({ ...exporter, exportSync, deliveryCounts }, unheld);
  expect(able.exportSync?.([])).toEqual({ code: EXPORT_SUCCESS });
  expect(able.deliveryCounts?.()).toEqual({ retried: 1, bytes: 2 });
});
