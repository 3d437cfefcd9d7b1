import { buildSpan } from '@genspan/test-utils';
import { sizeOfSpan } from '../src/span-size.js';

const empty = sizeOfSpan(buildSpan());

test.each<[string, Parameters<typeof buildSpan>[0], number]>([
  ['a long string', { attributes: { content: 'x'.repeat(10_000) } }, 20_000],
  ['many strings', { attributes: { list: Array.from({ length: 100 }, () => 'x'.repeat(100)) } }, 20_000],
  ['the attributes of events', { events: [{ name: 'e', attributes: { content: 'x'.repeat(10_000) } }] }, 20_000],
  [
    'the attributes of links',
    { links: [{ context: buildSpan().spanContext(), attributes: { content: 'x'.repeat(10_000) } }] },
    20_000,
  ],
  ['structured values', { attributes: { deep: { a: [{ b: 'x'.repeat(10_000) }] } as never } }, 20_000],
  ['bytes', { attributes: { bytes: new Uint8Array(20_000) as never } }, 20_000],
])('counts %s', (_, options, bytes) => {
  const size = sizeOfSpan(buildSpan(options)) - empty;
  expect(size).toBeGreaterThanOrEqual(bytes);
  expect(size).toBeLessThan(bytes + 5_000);
});

test('ends on a value that contains itself', () => {
  const loop: Record<string, unknown> = {};
  loop['again'] = loop;
  expect(sizeOfSpan(buildSpan({ attributes: { loop: loop as never } }))).toBeGreaterThan(empty);
});
