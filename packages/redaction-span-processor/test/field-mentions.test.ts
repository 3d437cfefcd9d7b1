import { FieldMentions } from '../src/field-mentions.js';
import { parseFieldPath } from '../src/field-path.js';

function mentionsOf(...paths: string[]): FieldMentions {
  return new FieldMentions(
    paths.map((path) => ({ rule: { name: path, fields: [path] }, steps: parseFieldPath(path, 'fields[0]') })),
  );
}

describe('FieldMentions', () => {
  it.each([
    [['api_key'], '{"a":1}', true],
    [['api_key'], '{"API_KEY":1}', false],
    [['api_key'], '{"\\u0061pi_key":1}', false],
    [['api_key'], '"{\\"api_key\\":1}"', false],
    [['a.ssn', 'b.ssn'], '{"ssn":1}', true],
    [['a.ssn', 'ssn.x.ssn'], '{"ssn":1,"a":2}', false],
    // The name may be written with escapes: only parts that need none are looked for.
    [['["tl\\"dr"]'], '{"tl\\"dr":1}', false],
    [['["tl\\"dr"]'], '{"dl":1}', true],
    [['["a/b"]'], '{"a\\/b":1}', false],
    [['x-*-key'], '{"x-1-key":1}', false],
    [['x-*-key'], '{"x-1":1}', true],
    [['a[*]'], '{"b":[]}', true],
    [['[0]'], '[1]', false],
    [['0'], '[1]', false],
    [['*'], '{}', false],
    [['["."]'], '{}', false],
    // Too many to be worth looking for.
    [['a', 'b', 'c', 'd', 'e'], '{}', false],
  ])('%j are missing for sure in %s: %s', (paths, text, expected) => {
    expect(mentionsOf(...paths).areMissing(text)).toBe(expected);
  });

  it.each([
    [['ssn'], '{"ssn": "123', 'ssn'],
    [['ssn'], '{"SSN" : "123', 'ssn'],
    [['ssn'], '{"\\u0073sn": "123', 'ssn'],
    [['ssn'], '[{"x":"{\\"ssn\\": \\"123', 'ssn'],
    [['ssn'], '[{"x":"{\\"\\\\u0073sn\\": \\"123', 'ssn'],
    [['ssn'], "{'ssn': '123'}", 'ssn'],
    [['ssn'], '{ssn: 123}', 'ssn'],
    [['ssn'], '{ssn=123}', 'ssn'],
    [['user'], '{"user.ssn": "123', 'user'],
    [['ssn'], '[see ssn] of people', undefined],
    [['ssn'], '{"a": "1', undefined],
    [['a', 'x.ssn', 'ssn'], '{"ssn": "123', 'ssn'],
    [['x.ssn'], '{"x":{"ssn": "123', 'x.ssn'],
    [['x-*-key'], '{"x-1-key":"12', 'x-*-key'],
    [['headers.*'], '{"headers":{"', 'headers.*'],
    [['m[role=user]'], '{"m":[{', 'm[role=user]'],
    [['m[role=user]'], '[{"role":"user', undefined],
    [['[role=user]'], '[{"role":"user', '[role=user]'],
    [['c++'], '{"c++":"1', 'c++'],
    [['a.b', 'c'], '{"d":{"a.b":"1', 'a.b'],
  ])('of %j the first that may be in %s is %s', (paths, text, expected) => {
    expect(mentionsOf(...paths).ruleNamedIn(text)?.name).toBe(expected);
  });

  it('takes time linear in the text', () => {
    const mentions = mentionsOf('ssn', '[" "]', 'a-*');
    const start = performance.now();
    for (const part of ['ssn', 'ssn ', ' ', '\\', '\\u0073', '"ssn"'])
      mentions.ruleNamedIn('{'.concat(part.repeat(200_000)));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
