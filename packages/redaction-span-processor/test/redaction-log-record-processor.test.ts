import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { Redactor, RedactionLogRecordProcessor } from '../src/index.js';
import type { LogRecordLike, LogRecordProcessorLike, RedactionLogRecordProcessorOptions } from '../src/index.js';

const secret = 'ann@example.com';

const fail = (): never => {
  throw new Error(secret);
};

type Delegate = Partial<LogRecordProcessorLike>;

const processorWith = (parts: Delegate): LogRecordProcessorLike => ({
  onEmit: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
  ...parts,
});

/** A record of a real logger, as processors get it. */
function emitted(record: Parameters<ReturnType<LoggerProvider['getLogger']>['emit']>[0]): LogRecordLike {
  const records: LogRecordLike[] = [];
  const processors = [processorWith({ onEmit: (given) => void records.push(given) })];
  new LoggerProvider({ processors }).getLogger('test').emit(record);
  const [given] = records;
  if (given === undefined) throw new Error('No record');
  return given;
}

/** What the delegate gets of a record that is given to `onEmit`. */
function through(record: LogRecordLike, options: Omit<RedactionLogRecordProcessorOptions, 'delegate'> = {}) {
  const records: LogRecordLike[] = [];
  const delegate = processorWith({ onEmit: (given) => void records.push(given) });
  const stage = new RedactionLogRecordProcessor({ ...options, delegate });
  stage.onEmit(record);
  return { next: records[0], stage };
}

function providerOf(...processors: LogRecordProcessorLike[]): LoggerProvider {
  return new LoggerProvider({ processors: processors });
}

describe('with a delegate', () => {
  it('hands on the very record when nothing is found', () => {
    const record = emitted({ body: 'fine', attributes: { a: 1 }, eventName: 'e' });
    expect(through(record).next).toBe(record);
  });

  it('hands on a view and leaves the record as it was', () => {
    const context = trace.setSpanContext(ROOT_CONTEXT, {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      traceFlags: TraceFlags.SAMPLED,
    });
    const record = emitted({
      timestamp: 1_750_000_000_000,
      body: secret,
      attributes: { a: 1, b: secret, c: 'z' },
      eventName: secret,
      severityText: secret,
      severityNumber: 9,
      context,
    });
    const { next, stage } = through(record);
    expect(next).not.toBe(record);
    expect(next).toMatchObject({
      body: '[REDACTED]',
      attributes: { a: 1, b: '[REDACTED]', c: 'z' },
      eventName: '[REDACTED]',
      severityText: '[REDACTED]',
      severityNumber: 9,
      hrTime: record.hrTime,
      hrTimeObserved: record.hrTimeObserved,
      spanContext: record.spanContext,
      droppedAttributesCount: 0,
    });
    expect(next?.resource).toBe(record.resource);
    expect(next?.instrumentationScope).toBe(record.instrumentationScope);
    expect(record).toMatchObject({ body: secret, attributes: { b: secret }, eventName: secret, severityText: secret });
    expect(stage.stats()).toMatchObject({
      logRecords: 1,
      spans: 0,
      failures: {},
      matches: { email: { 'log.body': 1, 'log.attribute': 1, 'log.event_name': 1, 'log.severity': 1 } },
    });
    expect(stage.stats().timeMillis).toBeGreaterThan(0);
  });

  it('hands on a view that can be written without changing the record', () => {
    const record = emitted({ body: secret, attributes: { a: 'b' } });
    const { next } = through(record);
    next?.setBody('body').setAttribute('a', 1).setAttributes({ c: 2 }).setEventName('event');
    next?.setSeverityNumber(13).setSeverityText('WARN');
    expect(next).toMatchObject({
      body: 'body',
      attributes: { a: 1, c: 2 },
      eventName: 'event',
      severityNumber: 13,
      severityText: 'WARN',
    });
    expect(record).toMatchObject({ body: secret, attributes: { a: 'b' } });
    expect(record.eventName).toBeUndefined();
  });

  it('hands on the structured body that was searched, whatever is written into the original later', () => {
    const body: Record<string, unknown> = { text: 'fine', list: [1, null, true], bytes: new Uint8Array([1]) };
    const record = emitted({ body: body as Record<string, string> });
    const { next } = through(record);
    body['text'] = secret;
    expect(next?.body).toEqual({ text: 'fine', list: [1, null, true], bytes: new Uint8Array([1]) });
  });

  it('hands on the bytes that were searched, whatever the buffer is used for later', () => {
    const bytes = Buffer.from('fine');
    const record = emitted({ body: 'b', attributes: { bytes, map: { bytes } } });
    const { next } = through(record);
    bytes.fill('x');
    const fine = new Uint8Array(Buffer.from('fine'));
    expect(next?.attributes).toEqual({ bytes: fine, map: { bytes: fine } });
  });

  it('redacts what an exporter of the SDK gets, but not what siblings get', () => {
    const [exporter, sibling] = [new InMemoryLogRecordExporter(), new InMemoryLogRecordExporter()];
    const delegate = new SimpleLogRecordProcessor({ exporter }) as LogRecordProcessorLike;
    const siblings = new SimpleLogRecordProcessor({ exporter: sibling }) as LogRecordProcessorLike;
    providerOf(new RedactionLogRecordProcessor({ delegate }), siblings).getLogger('test').emit({ body: secret });
    const bodies = (records: ReadableLogRecord[]) => records.map(({ body }) => body);
    expect(bodies(exporter.getFinishedLogRecords())).toEqual(['[REDACTED]']);
    expect(bodies(sibling.getFinishedLogRecords())).toEqual([secret]);
  });

  it('passes on context, enabled(), forceFlush() and shutdown()', async () => {
    const calls: unknown[] = [];
    const stage = new RedactionLogRecordProcessor({
      delegate: processorWith({
        onEmit: (_record, context) => void calls.push(['onEmit', context]),
        enabled: ({ severityNumber }) => (severityNumber ?? 0) > 9,
        forceFlush: async (options) => void calls.push(['forceFlush', options]),
        shutdown: async () => void calls.push(['shutdown']),
      }),
    });
    stage.onEmit(emitted({ body: 'b' }), ROOT_CONTEXT);
    await stage.forceFlush({ timeoutMillis: 5 });
    await stage.shutdown();
    expect(calls).toEqual([['onEmit', ROOT_CONTEXT], ['forceFlush', { timeoutMillis: 5 }], ['shutdown']]);
    const query = { context: ROOT_CONTEXT, instrumentationScope: { name: 'test' } };
    expect([9, 10].map((severityNumber) => stage.enabled({ ...query, severityNumber }))).toEqual([false, true]);
    const asked = new RedactionLogRecordProcessor({ delegate: processorWith({}) });
    expect(asked.enabled(query)).toBe(true);
  });
});

describe('in place', () => {
  it('redacts what the processors after it get', () => {
    const exporters = [new InMemoryLogRecordExporter(), new InMemoryLogRecordExporter()];
    const exporting = exporters.map((exporter) => new SimpleLogRecordProcessor({ exporter }) as LogRecordProcessorLike);
    const stage = new RedactionLogRecordProcessor();
    const body = { to: secret };
    providerOf(stage, ...exporting)
      .getLogger('test')
      .emit({ body: secret, attributes: { a: 1, [`to ${secret}`]: secret }, eventName: secret, severityText: secret });
    for (const exporter of exporters) {
      const [record] = exporter.getFinishedLogRecords();
      expect(record).toMatchObject({ body: '[REDACTED]', eventName: '[REDACTED]', severityText: '[REDACTED]' });
      expect(record?.attributes).toEqual({ a: 1, 'to [REDACTED]': '[REDACTED]' });
    }
    expect(body.to).toBe(secret);
    expect(stage.stats().failures).toEqual({});
  });

  it('writes what the SDK still lets it write of a record that was emitted, and counts the rest', () => {
    const record = emitted({ body: secret, attributes: { a: secret } });
    const stage = new RedactionLogRecordProcessor();
    stage.onEmit(record);
    expect(record.attributes).toEqual({ a: '[REDACTED]' });
    expect(stage.stats().failures).toEqual({ overwrite: 1 });
  });

  it('needs no records itself, so a logger is on for the sake of others only', async () => {
    const stage = new RedactionLogRecordProcessor();
    expect(providerOf(stage).getLogger('test').enabled()).toBe(false);
    expect(providerOf(stage, processorWith({})).getLogger('test').enabled()).toBe(true);
    await expect(Promise.all([stage.forceFlush(), stage.shutdown()])).resolves.toEqual([undefined, undefined]);
  });
});

describe('a dry run', () => {
  it('marks the record and changes nothing else', () => {
    const record = emitted({ body: secret, attributes: { a: secret } });
    const { next } = through(record, { dryRun: true });
    expect(next).toMatchObject({ body: secret, attributes: { a: secret, 'genspan.redaction.email': 2 } });
    expect(record.attributes).toEqual({ a: secret });
  });

  it('hands on the very record when nothing is found', () => {
    const record = emitted({ body: { fine: true } });
    expect(through(record, { dryRun: true }).next).toBe(record);
  });
});

describe('failures', () => {
  const cyclic: Record<string, unknown> = { to: secret };
  cyclic['self'] = cyclic;

  it('mask a body that cannot be copied', () => {
    const { next, stage } = through(emitted({ body: cyclic as Record<string, string> }));
    expect(next?.body).toBe('[REDACTED]');
    expect(stage.stats().failures).toEqual({ body: 1 });
  });

  it('leave nothing but numbers of a record that cannot be read', () => {
    const attributes = new Proxy({ a: secret, n: 1 }, {});
    const record = Object.defineProperty(emitted({ body: secret, severityText: secret }), 'eventName', { get: fail });
    Object.defineProperty(record, 'attributes', { value: attributes });
    const { next, stage } = through(record);
    expect(next).toMatchObject({
      body: '[REDACTED]',
      attributes: { a: '[REDACTED]', n: 1 },
      severityText: '[REDACTED]',
    });
    expect(next?.eventName).toBe('[REDACTED]');
    expect(stage.stats()).toMatchObject({ logRecords: 1, failures: { read: 1 } });
  });

  it('drop a record that does not even tell its time', () => {
    const record = Object.defineProperty(emitted({ body: secret }), 'hrTime', { get: fail });
    const { next, stage } = through(record);
    expect(next).toBeUndefined();
    expect(stage.stats()).toMatchObject({ failures: { read: 1 }, droppedByFailure: 1 });
  });

  it('of the delegate stay inside', () => {
    const stage = new RedactionLogRecordProcessor({ delegate: processorWith({ onEmit: fail, enabled: fail }) });
    const logger = providerOf(stage).getLogger('test');
    expect(() => logger.emit({ body: secret })).not.toThrow();
    expect(stage.stats().failures).toEqual({ 'delegate.enabled': 1, 'delegate.onEmit': 1 });
  });
});

describe('options', () => {
  it('take the redactor of another processor', () => {
    const redactor = new Redactor();
    const stage = new RedactionLogRecordProcessor({ redactor });
    stage.onEmit(emitted({ body: 'fine' }));
    expect(redactor.stats().logRecords).toBe(1);
    expect(stage.redactor).toBe(redactor);
  });

  it.each<[unknown, string]>([
    [
      { delegate: {} },
      'Expected `delegate` to be a log record processor (onEmit, forceFlush, shutdown), got an object',
    ],
    [{ redactor: 1 }, 'Expected `redactor` to be a Redactor, got `1`'],
    [{ labels: 1 }, 'Expected `labels` to be true or false, got `1`'],
  ])('are checked: %j', (options, message) => {
    expect(() => new RedactionLogRecordProcessor(options as RedactionLogRecordProcessorOptions)).toThrow(message);
  });
});
