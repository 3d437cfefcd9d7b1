import { encodeOtlpJsonLines } from '../src/otlp-json-lines.js';
import { realSpans } from './real-spans.js';

interface Request {
  resourceSpans: { scopeSpans: { spans: { name: string }[] }[] }[];
}

const namesIn = (line: Buffer): string[] =>
  (JSON.parse(line.toString()) as Request).resourceSpans.flatMap((resource) =>
    resource.scopeSpans.flatMap((scope) => scope.spans.map((span) => span.name)),
  );

const spans = (count: number, bytes: number) =>
  realSpans(
    ...Array.from({ length: count }, (_, i) => ({ name: `s${i}`, attributes: { text: 'é'.repeat(bytes / 2) } })),
  );

test('puts a batch on one line when it fits', () => {
  const { lines, losses } = encodeOtlpJsonLines(spans(5, 10), 1_000_000);
  expect(lines.map((line) => line.spans.length)).toEqual([5]);
  expect(lines[0]?.bytes.toString()).toMatch(/^\{.*\}\n$/);
  expect(losses).toEqual([]);
});

test('splits a batch so that no line is longer than the limit, in bytes, and keeps every span in order', () => {
  const { lines } = encodeOtlpJsonLines(spans(9, 1_000), 5_000);
  expect(lines.length).toBeGreaterThan(1);
  for (const { bytes } of lines) expect(bytes.length).toBeLessThanOrEqual(5_000);
  expect(lines.flatMap(({ bytes }) => namesIn(bytes))).toEqual(Array.from({ length: 9 }, (_, i) => `s${i}`));
});

test('never cuts a single span', () => {
  const { lines } = encodeOtlpJsonLines(spans(3, 10_000), 5_000);
  expect(lines.map((line) => line.spans.length)).toEqual([1, 1, 1]);
});

test('loses only the span that cannot be encoded', () => {
  const batch = spans(6, 10);
  Object.defineProperty(batch[2]?.attributes, 'broken', {
    enumerable: true,
    get: () => {
      throw new Error('not to be read');
    },
  });
  const { lines, losses } = encodeOtlpJsonLines(batch, 1_000_000);
  expect(lines.flatMap(({ bytes }) => namesIn(bytes))).toEqual(['s0', 's1', 's3', 's4', 's5']);
  expect(losses).toMatchObject([{ reason: 'encoding', count: 1, error: new Error('not to be read') }]);
  expect(losses[0]?.spans?.[0]).toBe(batch[2]);
});
