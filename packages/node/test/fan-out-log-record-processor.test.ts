import { diag } from '@opentelemetry/api';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { LogRecordProcessorLike } from '@genspan/redaction-span-processor';
import { FanOutLogRecordProcessor } from '../src/fan-out-log-record-processor.js';
import { captureDiag } from './captured-diag.js';

afterEach(() => diag.disable());

function recording() {
  const exporter = new InMemoryLogRecordExporter();
  const bodies = () => exporter.getFinishedLogRecords().map(({ body }) => body);
  return { processor: new SimpleLogRecordProcessor({ exporter }), bodies };
}

const fail = () => {
  throw new Error('broken');
};
const reject = () => Promise.reject(new Error('broken'));
const FAILING: LogRecordProcessorLike = { onEmit: fail, forceFlush: reject, shutdown: reject };
const UNINTERESTED: LogRecordProcessorLike = { ...FAILING, enabled: () => false };

describe('FanOutLogRecordProcessor', () => {
  it('hands every log record to each processor, also when one before it throws', async () => {
    captureDiag();
    const [first, second] = [recording(), recording()];
    const all = new FanOutLogRecordProcessor([first.processor, FAILING, second.processor]);
    new LoggerProvider({ processors: [all] }).getLogger('app').emit({ body: 'a' });
    await Promise.all([first.processor.forceFlush(), second.processor.forceFlush()]);
    expect([first.bodies(), second.bodies()]).toEqual([['a'], ['a']]);
  });

  it('is enabled when one of them is', () => {
    const enabled = (...processors: LogRecordProcessorLike[]) =>
      new LoggerProvider({ processors: [new FanOutLogRecordProcessor(processors)] }).getLogger('app').enabled();
    expect(enabled(UNINTERESTED, recording().processor)).toBe(true);
    expect(enabled(UNINTERESTED, UNINTERESTED)).toBe(false);
  });

  it('rejects with what failed, after all have finished', async () => {
    const { processor } = recording();
    const shutdown = jest.spyOn(processor, 'shutdown');
    const all = new FanOutLogRecordProcessor([FAILING, processor]);
    await expect(all.forceFlush()).rejects.toEqual([expect.objectContaining({ message: 'broken' })]);
    await expect(all.shutdown()).rejects.toEqual([expect.objectContaining({ message: 'broken' })]);
    expect(shutdown).toHaveBeenCalled();
  });
});
