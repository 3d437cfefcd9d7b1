import { diag } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { LateLogRecordProcessor } from '../src/late-log-record-processor.js';
import { UnheldWork } from '../src/unheld-work.js';
import { captureDiag } from './captured-diag.js';

const unheld = new UnheldWork();
afterEach(() => diag.disable());

describe('LateLogRecordProcessor', () => {
  it('takes nothing until it knows where log records go, then hands on every one', async () => {
    const late = new LateLogRecordProcessor(unheld);
    const provider = new LoggerProvider({ processors: [late] });
    const logger = provider.getLogger('app');
    expect(logger.enabled()).toBe(false);
    logger.emit({ body: 'too early' });
    const exporter = new InMemoryLogRecordExporter();
    late.handTo(new SimpleLogRecordProcessor({ exporter }));
    expect(logger.enabled()).toBe(true);
    logger.emit({ body: 'in time' });
    await provider.forceFlush();
    expect(exporter.getFinishedLogRecords().map(({ body }) => body)).toEqual(['in time']);
    await provider.shutdown();
    expect(exporter.getFinishedLogRecords()).toEqual([]);
    logs.disable();
  });

  it('keeps what is thrown behind it out of emit(), and says so once', () => {
    const { warnings } = captureDiag();
    const late = new LateLogRecordProcessor(unheld);
    const fail = () => {
      throw new Error('broken');
    };
    late.handTo({ onEmit: fail, enabled: fail, forceFlush: fail, shutdown: fail });
    const logger = new LoggerProvider({ processors: [late] }).getLogger('app');
    logger.emit({ body: 'one' });
    logger.emit({ body: 'two' });
    expect(warnings).toEqual([
      expect.stringMatching(/^genspan: enabled failed \(Error\); the application goes on/),
      expect.stringMatching(/^genspan: onEmit failed \(Error\); the application goes on/),
    ]);
  });

  it('tells in a flush and at the end what failed behind it', async () => {
    const late = new LateLogRecordProcessor(unheld);
    await expect(late.forceFlush()).resolves.toBeUndefined();
    const fail = () => Promise.reject(new Error('broken'));
    late.handTo({ onEmit: () => undefined, forceFlush: fail, shutdown: fail });
    await expect(late.forceFlush()).rejects.toThrow('broken');
    await expect(late.shutdown()).rejects.toThrow('broken');
  });
});
