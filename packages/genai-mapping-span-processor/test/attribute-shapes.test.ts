import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mapAttributes } from '../src/map-attributes';
import { rememberShape } from '../src/attribute-shapes';

setFlagsFromString('--allow-natives-syntax');
const isFast = runInNewContext('(object) => %HasFastProperties(object)') as (object: object) => boolean;
isFast({}); // Compiled while the syntax is allowed.
setFlagsFromString('--no-allow-natives-syntax');

const filled = (prefix: string, count: number): Record<string, unknown> => {
  const attributes: Record<string, unknown> = {};
  for (let i = 0; i < count; i++) attributes[`${prefix}.${i}`] = i % 2 === 0 ? i : 'text';
  return attributes;
};

it('makes an object of many attributes a fast one from the second on', () => {
  expect(isFast(filled('seldom', 60))).toBe(false);
  rememberShape(filled('often', 60));
  expect(isFast(filled('often', 60))).toBe(true);
});

it('leaves alone what is fast anyway, and what can never be', () => {
  rememberShape(filled('few', 10));
  rememberShape(filled('many', 2000));
  expect(isFast(filled('few', 10))).toBe(true);
  expect(isFast(filled('many', 2000))).toBe(false);
});

it('keeps what a translation writes fast, in either mode', () => {
  const text = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }]);
  const given = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', ...filled('mine', 12) };
  for (const mode of ['add', 'replace'] as const) {
    const map = () =>
      mapAttributes({ ...given, 'gen_ai.input.messages': text }, { to: 'openinference', mode }).attributes;
    const first = map();
    const second = map();
    expect(second).toEqual(first);
    expect(isFast(second)).toBe(true);
  }
});

// Last, because what is remembered is never forgotten.
it('takes any number of different ones', () => {
  for (let i = 0; i < 2000; i++) rememberShape(filled(`other${i}`, 20 + (i % 100)));
  expect(isFast(filled('other1999', 119))).toBe(false);
});
