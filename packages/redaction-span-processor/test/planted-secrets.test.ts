import { SpanStatusCode } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { DETECTOR_NAMES, RedactionSpanProcessor, Redactor } from '../src/index.js';
import { leakedPart } from './leaked-part.js';
import { CARD_NUMBERS } from './personal-values.js';
import { PLACES } from './planted-places.js';
import { SECRETS } from './secret-values.js';

const RUNS = 25;
const redactor = new Redactor({ detectors: DETECTOR_NAMES });

/** All ways to hand a value to a redactor. */
function redactions(value: unknown): unknown[] {
  if (typeof value === 'string') {
    return [redactor.redactText(value), redactor.redactValue(value), redactor.redactMessages(value)];
  }
  return Array.isArray(value)
    ? [redactor.redactValue(value), redactor.redactMessages(value)]
    : [redactor.redactValue(value)];
}

describe.each(Object.entries(PLACES))('nothing is left in %s', (_, place) => {
  it.each(DETECTOR_NAMES)('of %s', (detector) => {
    const planted = SECRETS[detector].chain((secret) => place(secret).map((value) => ({ ...secret, value })));
    fc.assert(
      fc.property(planted, ({ value, secrets }) => {
        for (const redacted of redactions(value)) expect(leakedPart(redacted, secrets)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });
});

it('sees what is left', () => {
  const secret = 'abcdefghijkl';
  for (const left of [
    secret,
    `x ${secret.slice(2, 10)} y`,
    JSON.stringify({ a: JSON.stringify([secret]) }),
    `{"a":"\\u0061bcdefghijkl`,
    { [secret]: 1 },
    [
      { type: 'text', content: 'abcde' },
      { type: 'text', content: 'fghijkl' },
    ],
    new TextEncoder().encode(secret),
    'a%62cdefghijkl',
  ]) {
    expect(leakedPart(left, [secret])).toBeDefined();
  }
  expect(leakedPart('abcde fghij kl', [secret])).toBeUndefined();
});

it('leaves no number of a card in JSON as a number', () => {
  fc.assert(
    fc.property(CARD_NUMBERS, fc.constantFrom('', ' ', '\n'), (number, space) => {
      for (const json of [
        `{"card":${space}${number}}`,
        `{"card":${space}${number}${space},"b":1}`,
        `[[1,${space}${number}]]`,
        `{"arguments":"{\\"card\\":${number}}"}`,
        `{"card":${number}`,
      ]) {
        const redacted = redactor.redactText(json);
        expect(leakedPart(redacted, [number])).toBeUndefined();
        if (json.endsWith('}') || json.endsWith(']')) JSON.parse(redacted.replace(/^\{"card":\d+$/, '{}'));
      }
      for (const value of [{ card: Number(number) }, [[Number(number)]], { a: { b: BigInt(number) } }]) {
        expect(leakedPart(redactor.redactValue(value), [number])).toBeUndefined();
      }
    }),
    { numRuns: 200 },
  );
});

it.each(['delegate', 'in place'])('leaves nothing in the bytes of a span, whatever field it is in: %s', (mode) => {
  const exporter = new InMemorySpanExporter();
  const sink = new SimpleSpanProcessor({ exporter });
  const options = { detectors: DETECTOR_NAMES };
  const spanProcessors =
    mode === 'delegate'
      ? [new RedactionSpanProcessor({ ...options, delegate: sink })]
      : [new RedactionSpanProcessor(options), sink];
  const tracer = new TracerProvider({ spanProcessors }).getTracer('test');
  const values = fc.constantFrom(...DETECTOR_NAMES).chain((detector) => {
    const secret = SECRETS[detector];
    return secret.chain((planted) =>
      fc
        .record({
          text: PLACES['a text with neighbours']?.(planted) ?? fc.constant(''),
          json: fc.constantFrom(...Object.values(PLACES)).chain((place) => place(planted)),
        })
        .map(({ text, json }) => ({
          ...planted,
          detector,
          texts: [String(text), typeof json === 'string' ? json : JSON.stringify(json)],
        })),
    );
  });
  fc.assert(
    fc.property(values, ({ texts, secrets, text: bare }) => {
      exporter.reset();
      const [text = '', json = ''] = texts;
      const attributes = { text, json, list: ['a', json, text], [`key ${bare}`]: 1 };
      const context = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
      const span = tracer.startSpan(text, { attributes, links: [{ context, attributes }] });
      span.addEvent(text, attributes);
      const error = new Error(text);
      error.stack = `Error: ${text}\n    at main (${bare}:1:1)`;
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: json });
      span.end();
      const bytes = JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans()) ?? new Uint8Array();
      expect(bytes.length).toBeGreaterThan(1000);
      const request: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
      expect(leakedPart(request, secrets)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
