import { validateInputMessages } from '@genspan/semconv';
import { cutJson } from '../src/truncate-json.js';
import type { JsonShape } from '../src/truncate-shape.js';
import { emptyTally } from '../src/truncate-tally.js';

function cut(given: unknown, limit: number, shape: JsonShape): string {
  return cutJson(JSON.stringify(given), limit, shape, emptyTally()) ?? '';
}

const ODD_MESSAGES: [string, readonly object[]][] = [
  ['a role too long', [{ role: 'x'.repeat(5_000), parts: [] }]],
  ['too many parts', [{ role: 'user', parts: Array.from({ length: 500 }, () => ({ type: 'text', content: 'hi' })) }]],
  [
    'names too long',
    [{ role: 'assistant', parts: [{ type: 'tool_call', id: 'i'.repeat(3_000), name: 'n'.repeat(3_000) }] }],
  ],
  [
    'a call of a tool of the server',
    [
      {
        role: 'assistant',
        parts: [{ type: 'server_tool_call', name: 'w', server_tool_call: { type: 'web', q: 'q'.repeat(9_000) } }],
      },
    ],
  ],
  [
    'a URI too long',
    [{ role: 'user', parts: [{ type: 'uri', modality: 'image', uri: `https://x/${'u'.repeat(5_000)}` }] }],
  ],
  ['a key too long', [{ role: 'user', parts: [{ type: 'custom', ['k'.repeat(4_000)]: 1 }] }]],
  [
    'too many keys',
    [
      {
        role: 'user',
        parts: [{ type: 'custom', ...Object.fromEntries(Array.from({ length: 900 }, (_unused, n) => [`k${n}`, n])) }],
      },
    ],
  ],
  [
    'too many instructions',
    Array.from({ length: 2_000 }, () => ({ role: 'system', parts: [{ type: 'text', content: 'rule' }] })),
  ],
  [
    'a blob that says so behind its content',
    [
      {
        role: 'user',
        parts: [{ content: 'QUJD'.repeat(900), type: 'blob', modality: 'image', mime_type: 'image/png' }],
      },
    ],
  ],
];

describe('cutJson', () => {
  it.each(ODD_MESSAGES)('leaves messages valid that have %s', (_, given) => {
    expect(validateInputMessages(given)).toEqual([]);
    for (const limit of [256, 300, 500, 1_000, 2_500]) {
      const json = cut(given, limit, 'messages');
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(limit);
      expect(validateInputMessages(json)).toEqual([]);
      expect(json).toMatch(/ (?:bytes|messages) cut\]/);
    }
  });

  it('gives all long texts the same room, and short ones all of theirs', () => {
    const given = { a: 'a'.repeat(3_000), b: 'b'.repeat(900), c: 'c'.repeat(400), d: 'd' };
    const { a, b, c, d } = JSON.parse(cut(given, 1_500, 'any')) as typeof given;
    expect([c, d]).toEqual([given.c, given.d]);
    expect(Math.abs(a.length - b.length)).toBeLessThanOrEqual(4);
    expect(a.length).toBeGreaterThan(500);
  });

  it('takes words for text, also where base64 is expected', () => {
    expect(cut({ data: 'no base64 but words '.repeat(50) }, 300, 'any')).toMatch(
      /^\{"data":"no base64 .* bytes cut\]"\}$/,
    );
    expect(cut({ data: 'QUJD'.repeat(250) }, 300, 'any')).toBe('{"data":"[data of 750 bytes cut]"}');
  });

  it('says of a text that is no JSON that it is none', () => {
    expect(cutJson(`[${'x'.repeat(500)}]`, 256, 'any', emptyTally())).toBeUndefined();
  });
});
