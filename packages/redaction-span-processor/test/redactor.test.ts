import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { inspect } from 'node:util';
import type * as Package from '../src/index.js';
import { RedactionLogRecordProcessor, RedactionSpanProcessor, Redactor } from '../src/index.js';

const email = 'ann@example.com';

/** The package, loaded once more. */
async function loadCopy(): Promise<typeof Package> {
  return new Promise((resolve) => jest.isolateModules(() => resolve(jest.requireActual('../src/index.js'))));
}

describe('a redactor', () => {
  test('redacts texts, values and messages, and says what it found', () => {
    const redactor = new Redactor();
    expect(redactor.redactText(`to ${email}`)).toBe('to [REDACTED]');
    expect(redactor.redactValue({ to: [email], n: 1 })).toEqual({ to: ['[REDACTED]'], n: 1 });
    expect(redactor.redactMessages(`[{"content":"${email}"}]`)).toBe('[{"content":"[REDACTED]"}]');
    expect(redactor.redactMessages([{ content: email }])).toEqual([{ content: '[REDACTED]' }]);
    expect(redactor.find(`to ${email}`)).toEqual([{ detector: 'email', start: 3, end: 18 }]);
    expect(redactor.stats().matches).toEqual({ email: { text: 4 } });
  });

  test('makes undefined of a value that a rule takes away', () => {
    const redactor = new Redactor({ mode: 'remove', rules: [{ name: 'all', fields: ['**'] }] });
    expect(redactor.redactValue('text')).toBeUndefined();
  });

  test('shows neither its key nor its settings to what lists or prints it', () => {
    const redactor = new Redactor({ mode: 'hash', hashKey: 'k-4711', allowlist: ['me@example.com'] });
    expect([JSON.stringify(redactor), inspect(redactor, { depth: 9, showHidden: false })]).toEqual([
      '{}',
      'Redactor {}',
    ]);
    expect(
      Reflect.ownKeys(redactor).filter((key) => Object.prototype.propertyIsEnumerable.call(redactor, key)),
    ).toEqual([]);
  });
});

describe('a redactor of another copy of the package', () => {
  const rules = [
    { name: 'secret', fields: ['app.secret'] },
    { name: 'fruit', pattern: /kiwi/ },
  ];

  test('serves the processors of this one, and counts for them', async () => {
    const copy = await loadCopy();
    expect(copy.Redactor).not.toBe(Redactor);
    const redactor = new copy.Redactor({ mode: 'remove', rules });
    const spans = new InMemorySpanExporter();
    const records = new InMemoryLogRecordExporter();
    const stage = new RedactionSpanProcessor({ redactor, delegate: new SimpleSpanProcessor({ exporter: spans }) });
    const logs = new RedactionLogRecordProcessor({
      redactor,
      delegate: new SimpleLogRecordProcessor({ exporter: records }),
    });
    expect([stage.redactor, logs.redactor]).toEqual([redactor, redactor]);

    const attributes = { 'app.secret': 'plum', to: email, fruit: 'a kiwi' };
    new TracerProvider({ spanProcessors: [stage] }).getTracer('t').startSpan('s', { attributes }).end();
    new LoggerProvider({ processors: [logs] }).getLogger('l').emit({ body: email, attributes });

    expect(spans.getFinishedSpans().map((span) => span.attributes)).toEqual([{ to: '', fruit: 'a ' }]);
    expect(records.getFinishedLogRecords().map((record) => record.attributes)).toEqual([{ to: '', fruit: 'a ' }]);
    expect(redactor.stats()).toMatchObject({
      spans: 1,
      logRecords: 1,
      matches: { secret: { 'span.attribute': 1, 'log.attribute': 1 }, email: { 'log.body': 1 } },
    });
  });

  test('masks whole what cannot be read', async () => {
    const redactor = new (await loadCopy()).Redactor({ rules });
    const stage = new RedactionLogRecordProcessor({ redactor });
    const record = { body: `{"app":{"secret":"${email}` };
    stage.onEmit(record as never);
    expect(record.body).toBe('[REDACTED]');
    expect(stage.stats().maskedWhole.structure).toBe(1);
  });
});

test.each<[string, unknown]>([
  ['null', null],
  ['an object', {}],
  ['one with the name of an engine but none', { [Symbol.for('genspan.redaction.engine')]: { text: () => '' } }],
  ['the class', Redactor],
])('%s is no redactor', (_what, redactor) => {
  expect(() => new RedactionSpanProcessor({ redactor: redactor as Redactor })).toThrow(
    'Expected `redactor` to be a Redactor, got ',
  );
});
