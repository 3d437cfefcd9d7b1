import { compileFieldRules } from '../src/field-rules.js';
import { KeyPolicies } from '../src/key-policies.js';

const NO_RULES = compileFieldRules([]);

test('know of a key whether it may leave, what is secret under it, and what rules say', () => {
  const rules = compileFieldRules([{ name: 'ssn', fields: ['user.ssn'] }]);
  const policies = new KeyPolicies(rules, ['user.*', 'db.password'], (key) => !key.includes('@'));
  expect(policies.of('user.ssn')).toMatchObject({ isAllowed: true, tellingName: 'user.ssn', isClean: true });
  expect(policies.of('user.ssn').rules?.whole?.name).toBe('ssn');
  expect(policies.of('db.password')).toMatchObject({ isAllowed: true, tellingName: 'db.password', isClean: true });
  expect(policies.of('DB_PASSWORD')).toMatchObject({ isAllowed: false, tellingName: 'DB_PASSWORD' });
  expect(policies.of('user.a@b')).toMatchObject({ isAllowed: true, isClean: false });
  expect(policies.of('other').rules?.whole).toBeUndefined();
});

test('say nothing of rules when there are none', () => {
  const policies = new KeyPolicies(NO_RULES, undefined, () => true);
  expect([policies.of('a').rules, policies.root.rules]).toEqual([undefined, undefined]);
});

test('let a value without a key leave, whatever keys may', () => {
  expect(new KeyPolicies(NO_RULES, [], () => false).root).toMatchObject({ isAllowed: true, isClean: true });
});

test('look at a key once', () => {
  const isClean = jest.fn(() => true);
  const policies = new KeyPolicies(NO_RULES, undefined, isClean);
  expect(policies.of('a')).toBe(policies.of('a'));
  expect(isClean.mock.calls).toEqual([['a']]);
});

test('keep no more than 2000 keys', () => {
  const isClean = jest.fn(() => true);
  const policies = new KeyPolicies(NO_RULES, undefined, isClean);
  const ask = (from: number, to: number): number => {
    isClean.mockClear();
    for (let index = from; index < to; index++) policies.of(`key.${index}`);
    return isClean.mock.calls.length;
  };
  expect(ask(0, 2000)).toBe(2000);
  expect(ask(0, 2000)).toBe(0);
  expect(ask(2000, 2001)).toBe(1);
  expect(ask(0, 1)).toBe(1);
});

test('do not keep keys of more than 256 characters', () => {
  const isClean = jest.fn(() => true);
  const policies = new KeyPolicies(NO_RULES, undefined, isClean);
  for (const length of [256, 256, 257, 257]) policies.of('k'.repeat(length));
  expect(isClean).toHaveBeenCalledTimes(3);
});

test.each(['__proto__', 'constructor', ''])('know the key %j like any other', (key) => {
  const policies = new KeyPolicies(NO_RULES, ['a'], () => true);
  expect(policies.of(key)).toMatchObject({ isAllowed: false, isClean: true });
});
