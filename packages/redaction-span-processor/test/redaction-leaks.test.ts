import { createTraceState, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { Attributes, SpanContext } from '@opentelemetry/api';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { RedactionLogRecordProcessor, RedactionSpanProcessor } from '../src/index.js';
import { exportedLogs, exportedSpans } from './exported-text.js';

/** The part of an address by which it is found again in what leaves, once for each place. */
const planted = (place: string): string => `planted-${place}-x`;
const mail = (place: string): string => `${planted(place)}@example.com`;

/** Messages of the conventions, and JSON as others write it. */
const messages = (place: string, address = mail(place)): string =>
  `[{"role":"user","parts":[{"type":"text","content":"Write to ${address}, please"}]}]`;

/** Values of both SDK lines. */
const attributesFor = (place: string): Attributes => ({
  [`${place}.plain`]: `reach me at ${mail(`${place}-plain`)}.`,
  [`${place}.exact`]: mail(`${place}-exact`),
  [`${place}.list`]: ['a', mail(`${place}-list`), 'b'],
  [`${place}.json`]: messages(`${place}-json`),
  [`${place}.escaped`]: messages(`${place}-escaped`, mail(`${place}-escaped`).replace('@', '\\u0040')),
  [`${place}.newline`]: messages(`${place}-newline`, `\\n${mail(`${place}-newline`)}\\n`),
  [`${place}.twice`]: JSON.stringify({ arguments: messages(`${place}-twice`) }),
  [`${place}.cut`]: messages(`${place}-cut`).slice(0, -8),
  [`${place}.key/${mail(`${place}-key`)}`]: 'value',
});

/** Values that only SDK 3 takes on spans, and log records of both lines. */
const structuredFor = (place: string): Attributes =>
  ({
    [`${place}.map`]: { to: { address: mail(`${place}-map`) } },
    [`${place}.mixed`]: [1, true, null, mail(`${place}-mixed`), { to: [mail(`${place}-deep`)] }],
    [`${place}.mapkey`]: { [mail(`${place}-mapkey`)]: 1 },
    [`${place}.bytes`]: new TextEncoder().encode(`to ${mail(`${place}-bytes`)}`),
    [`${place}.inner`]: {
      json: messages(`${place}-inner`),
      bytes: [new TextEncoder().encode(mail(`${place}-innerbytes`))],
    },
  }) as Record<string, unknown> as Attributes;

const spanContext: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
  traceState: createTraceState('vendor=value'),
};

function runSpan(provider: TracerProvider): void {
  const span = provider.getTracer('test').startSpan(`send to ${mail('name')}`, {
    attributes: { ...attributesFor('start'), number: 7, flag: true, numbers: [1, 2] },
    links: [{ context: spanContext, attributes: attributesFor('link') }],
  });
  span.setAttributes(attributesFor('set'));
  span.setAttributes(structuredFor('structured'));
  span.addLink({ context: spanContext, attributes: structuredFor('structuredlink') });
  span.addEvent(`mail to ${mail('eventname')}`, attributesFor('event'));
  const error = new Error(`no such user ${mail('exception')}`);
  error.stack = `Error: no such user\n    at ${mail('stack')} (file.js:1:1)`;
  span.recordException(error);
  span.recordException({ name: mail('exceptiontype'), message: 'm' });
  span.setStatus({ code: SpanStatusCode.ERROR, message: `no such user ${mail('status')}` });
  span.end();
}

function runLogs(provider: LoggerProvider): void {
  const logger = provider.getLogger('test');
  const bodies = {
    text: `to ${mail('body-text')}`,
    json: messages('body-json'),
    map: { to: mail('body-map'), list: [{ deep: mail('body-deep') }], [mail('body-key')]: 1 },
    list: ['a', mail('body-list'), 1, null],
    bytes: new TextEncoder().encode(mail('body-bytes')),
  };
  for (const [kind, body] of Object.entries(bodies)) {
    logger.emit({
      body,
      eventName: `event ${mail(`log-event-${kind}`)}`,
      severityText: `sev ${mail(`log-severity-${kind}`)}`,
      // The types of logs take what those of spans do not.
      attributes: { ...attributesFor(`log-${kind}`), ...structuredFor(`logs-${kind}`) },
    });
  }
  const error = new Error(mail('log-exception'));
  error.stack = `Error\n    at ${mail('log-stack')}`;
  logger.emit({ body: 'failed', exception: error });
}

/** Places of which the address is in a text. */
const placesIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(/planted-([\w-]+)-x/g), ([, place]) => place ?? '')),
];

const KINDS = ['plain', 'exact', 'list', 'json', 'escaped', 'newline', 'twice', 'cut', 'key'];
const placesOfAttributes = (place: string): string[] => KINDS.map((kind) => `${place}-${kind}`);

describe('spans', () => {
  it.each(['delegate', 'in place'])('let no address out of any field: %s', (mode) => {
    const [exporter, sibling, plain] = [1, 2, 3].map(() => new InMemorySpanExporter());
    if (exporter === undefined || sibling === undefined || plain === undefined) throw new Error('unreachable');
    const delegate = new SimpleSpanProcessor({ exporter });
    const stage = mode === 'delegate' ? new RedactionSpanProcessor({ delegate }) : new RedactionSpanProcessor();
    const siblings = [new SimpleSpanProcessor({ exporter: sibling })];
    const exporting = mode === 'delegate' ? [] : [delegate];
    runSpan(new TracerProvider({ spanProcessors: [...siblings, stage, ...exporting] }));
    runSpan(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: plain })] }));

    const unredacted = exportedSpans(plain.getFinishedSpans());
    const places = placesIn(unredacted);
    for (const place of ['start', 'set', 'link', 'event'].flatMap(placesOfAttributes)) expect(places).toContain(place);
    for (const place of ['name', 'eventname', 'exception', 'stack', 'exceptiontype', 'status']) {
      expect(places).toContain(place);
    }
    const redacted = exportedSpans(exporter.getFinishedSpans());
    expect(redacted.length).toBeGreaterThan(unredacted.length / 2);
    expect(placesIn(redacted)).toEqual([]);
    // Siblings of a stage with a delegate see what was there; in place nobody does, wherever it stands in the list.
    expect(placesIn(exportedSpans(sibling.getFinishedSpans()))).toEqual(mode === 'delegate' ? places : []);
    expect(stage.stats()).toMatchObject({ failures: {}, maskedWhole: { error: 0, length: 0, structure: 0 } });
  });

  it('keep what holds no secret', () => {
    const exporter = new InMemorySpanExporter();
    const delegate = new SimpleSpanProcessor({ exporter });
    runSpan(new TracerProvider({ spanProcessors: [new RedactionSpanProcessor({ delegate })] }));
    const [span] = exporter.getFinishedSpans();
    expect(span?.attributes).toMatchObject({
      number: 7,
      flag: true,
      numbers: [1, 2],
      'start.exact': '[REDACTED]',
      'start.list': ['a', '[REDACTED]', 'b'],
      'start.key/[REDACTED]': 'value',
    });
    expect(JSON.parse(String(span?.attributes['start.json']))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'Write to [REDACTED], please' }] },
    ]);
    expect(span?.links[0]?.context.traceState?.serialize()).toBe('vendor=value');
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such user [REDACTED]' });
  });
});

describe('log records', () => {
  it.each(['delegate', 'in place'])('let no address out of any field: %s', (mode) => {
    const [exporter, sibling, plain] = [1, 2, 3].map(() => new InMemoryLogRecordExporter());
    if (exporter === undefined || sibling === undefined || plain === undefined) throw new Error('unreachable');
    const delegate = new SimpleLogRecordProcessor({ exporter });
    const stage =
      mode === 'delegate' ? new RedactionLogRecordProcessor({ delegate }) : new RedactionLogRecordProcessor();
    const exporting = mode === 'delegate' ? [] : [delegate];
    const processors = [stage, ...exporting, new SimpleLogRecordProcessor({ exporter: sibling })];
    runLogs(new LoggerProvider({ processors }));
    runLogs(new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: plain })] }));

    const unredacted = exportedLogs(plain.getFinishedLogRecords());
    const places = placesIn(unredacted);
    for (const body of ['text', 'json', 'map', 'deep', 'key', 'list', 'bytes'])
      expect(places).toContain(`body-${body}`);
    for (const kind of ['text', 'json', 'map', 'list', 'bytes']) {
      expect(places).toEqual(expect.arrayContaining([`log-event-${kind}`, `log-severity-${kind}`]));
      expect(places).toEqual(expect.arrayContaining(placesOfAttributes(`log-${kind}`)));
      for (const structure of ['map', 'mixed', 'deep', 'mapkey', 'bytes', 'inner', 'innerbytes']) {
        expect(places).toContain(`logs-${kind}-${structure}`);
      }
    }
    expect(places).toEqual(expect.arrayContaining(['log-exception', 'log-stack']));
    const redacted = exportedLogs(exporter.getFinishedLogRecords());
    expect(redacted.length).toBeGreaterThan(unredacted.length / 2);
    expect(placesIn(redacted)).toEqual([]);
    expect(placesIn(exportedLogs(sibling.getFinishedLogRecords()))).toEqual(mode === 'delegate' ? places : []);
    expect(stage.stats()).toMatchObject({ failures: {}, maskedWhole: { error: 0, length: 0, structure: 0 } });
  });
});
