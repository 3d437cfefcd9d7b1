import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { TokenizerCounter } from '../src/token-counter.js';
import { Encodings } from '../src/token-encoding.js';
import { findTokenizerModule } from '../src/token-module.cjs';
import { parseTokenOptions } from '../src/token-options.js';
import { countSegments } from '../src/token-segments.js';

const counting = new Encodings(findTokenizerModule()).get('o200k_base');
if (counting === undefined) throw new Error('Expected gpt-tokenizer to be installed');
const countText = counting;

const countAll = (text: string) => countSegments(countText, text, { characters: Infinity, untilMillis: Infinity });

function counterOf(options: object): TokenizerCounter {
  const parsed = parseTokenOptions('tokens', { estimate: 'tokenizer', maxMillis: 60_000, ...options });
  if (parsed === undefined) throw new Error('no options');
  return new TokenizerCounter(parsed, () => countText);
}

const PROSE = 'Ann asked the clerk whether the 1,250 boxes had arrived; “not yet”, he said. '.repeat(60);

test.each([
  ['prose', PROSE],
  ['code', 'const names = options.map((option) => option.name ?? "none");\n  '.repeat(60)],
  ['JSON', JSON.stringify(Array.from({ length: 60 }, (_, id) => ({ id, name: `name ${id}`, tags: ['a', 'b'] })))],
  ['Chinese', '今天天气很好，我们去公园散步吧。你想吃什么？'.repeat(40)],
])('%s in segments has the same number of tokens within 2 %', (_, text) => {
  const { tokens, characters } = countAll(text);
  const exact = encode(text).length;
  expect(characters).toBe(text.length);
  expect(Math.abs(tokens - exact) / exact).toBeLessThan(0.02);
});

test('pieces do not split a pair of surrogates', () => {
  const seen: string[] = [];
  countSegments((text) => seen.push(text), '😀'.repeat(500), { characters: Infinity, untilMillis: Infinity });
  expect(seen.join('')).toBe('😀'.repeat(500));
  expect(seen.some((text) => /^[\udc00-\udfff]/.test(text))).toBe(false);
});

test('the tokenizer never sees a long run', () => {
  for (const unit of ['a', ' ', '!', '中', '\n', '\ud800']) {
    let longest = 0;
    const see = (text: string) => (longest = Math.max(longest, text.length));
    countSegments(see, unit.repeat(5000), { characters: Infinity, untilMillis: Infinity });
    expect(longest).toBeLessThanOrEqual(33);
  }
});

test('what is beyond the limit counts at the rate of the beginning', () => {
  const whole = countAll(PROSE).tokens;
  const estimate = counterOf({ maxCharacters: 1000 }).count([PROSE], undefined) ?? 0;
  expect(Math.abs(estimate - whole) / whole).toBeLessThan(0.05);
  // A later text is not counted in the place of the rest of an earlier one.
  const both = counterOf({ maxCharacters: 1000 }).count([PROSE, '中'.repeat(10)], undefined) ?? 0;
  expect(both).toBeLessThan(estimate + 10);
});

test.each([
  ['letters', 'a'],
  ['spaces', ' '],
  ['Chinese without punctuation', '中文字符测试数据'],
  ['emoji', '😀'],
])('a megabyte of %s does not hold the process up', (_, unit) => {
  const text = unit.repeat(1_000_000 / unit.length);
  const counter = counterOf({ maxMillis: 3, maxCharacters: 1_000_000 });
  counter.count([text], undefined);
  const start = performance.now();
  expect(counter.count([text], undefined)).toBeGreaterThan(1000);
  // Far more than the 3 ms, as other processes take the processor away; the tokenizer alone takes minutes.
  expect(performance.now() - start).toBeLessThan(500);
});

test('the count ends with the piece during which the time is over', () => {
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  let calls = 0;
  const slow = (text: string) => {
    calls++;
    now += 1;
    return text.length / 2;
  };
  const { tokens, characters } = countSegments(slow, '中'.repeat(10_000), { characters: Infinity, untilMillis: 3 });
  clock.mockRestore();
  expect(calls).toBe(3);
  expect(tokens).toBe(characters / 2);
});
