import { fuzz } from '@genspan/test-utils';
import fc from 'fast-check';
import { ByteWriter } from '../../src/otlp/byte-writer.js';
import { writeText, writeTime } from '../../src/otlp/protobuf-wire.js';

test('writes any time exactly', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 18_446_744_072 }),
      fc.integer({ min: 0, max: 999_999_999 }),
      (seconds, nanos) => {
        const writer = new ByteWriter();
        writeTime(writer, 0x39, [seconds, nanos]);
        expect(writer.position).toBe(9);
        expect(writer.bytes.readBigUInt64LE(1)).toBe(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
      },
    ),
    fuzz(5_000),
  );
});

test.each<[[number, number], bigint]>([
  [[1, 1_500_000_000], 2_500_000_000n],
  [[2, -1], 1_999_999_999n],
  [[1.5, 0.5], 1_000_000_000n],
  [[-1, 0], 0n],
  [[NaN, 0], 0n],
  [[18_446_744_073, 709_551_615], 2n ** 64n - 1n],
  [[18_446_744_073, 709_551_616], 0n],
  [[2 ** 40, 0], 0n],
])('writes the odd time %p as %p', (time, nanos) => {
  const writer = new ByteWriter();
  writeTime(writer, 0x39, time);
  expect(writer.bytes.readBigUInt64LE(1)).toBe(nanos);
});

test('writes text of any length and script with the shortest length there is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('a', 'é', '汉', '😀', 'a\ud800'),
      fc.integer({ min: 0, max: 20_000 }),
      (part, count) => {
        const text = part.repeat(count);
        const writer = new ByteWriter();
        writeText(writer, 0x0a, text);
        const utf8 = Buffer.from(text);
        const lengthBytes = utf8.length < 128 ? 1 : utf8.length < 16_384 ? 2 : 3;
        expect(writer.position).toBe(1 + lengthBytes + utf8.length);
        expect(writer.bytes.subarray(1 + lengthBytes, writer.position).equals(utf8)).toBe(true);
      },
    ),
    fuzz(200),
  );
});
