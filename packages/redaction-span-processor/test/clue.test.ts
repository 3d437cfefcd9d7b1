import { clue, DIGITS, fits, literal, not, rarestPart } from '../src/clue.js';

it('takes the rarest three characters in a row of a clue', () => {
  expect(rarestPart(literal('sk-ant-').places)).toEqual({ from: 0, places: ['s', 'k', '-'] });
  expect(rarestPart(literal('IDENTIFIED BY').places).places).toEqual(['I', 'D', 'E']);
  expect(rarestPart(literal('-----BEGIN ').places).places).toEqual(['B', 'E', 'G']);
});

it('notices short clues with any character in front of them or behind', () => {
  expect(rarestPart(literal('@').places)).toEqual({ from: -1, places: ['', '@', ''] });
  expect(rarestPart(clue(['Q', '~']).places)).toEqual({ from: -1, places: ['', 'Q', '~'] });
});

it('tells which characters can be in a place', () => {
  expect(fits('7', DIGITS)).toBe(true);
  expect(fits('a', DIGITS)).toBe(false);
  expect(fits('a', not(DIGITS))).toBe(true);
  expect(fits('7', not(DIGITS))).toBe(false);
  expect(fits('^', '^')).toBe(true);
});
