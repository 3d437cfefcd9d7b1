import type { Fail, PathStep } from './field-path.js';
import { foldCase } from './fold-case.js';

/** Names of members in filters; other characters are kept for comparisons that may come. */
const MEMBER = /^[\w.$:/-]+$/;
const INDEX = /^(?:0|-?[1-9]\d{0,8})$/;
const QUOTES = ['"', "'"];

/**
 * Reads what is in brackets.
 *
 * @param at - index of the `[`
 * @returns the steps it stands for, and the index behind its `]`
 */
export function parseBracket(path: string, at: number, fail: Fail): { steps: readonly PathStep[]; end: number } {
  const quote = path[at + 1];
  if (quote !== undefined && QUOTES.includes(quote)) {
    const close = path.indexOf(`${quote}]`, at + 2);
    if (close < 0) return fail('each `["` is closed by `"]`');
    const name = path.slice(at + 2, close);
    if (name === '') return fail('no name is empty');
    const steps = name.split('.').map((part): PathStep => ({ kind: 'name', name: foldCase(part) }));
    return { steps, end: close + 2 };
  }
  const equals = path.indexOf('=', at);
  const quoted = equals < 0 ? undefined : path[equals + 1];
  const isQuoted = quoted !== undefined && QUOTES.includes(quoted) && !path.slice(at, equals).includes(']');
  // A quoted value may hold a `]`.
  const close = isQuoted ? path.indexOf(`${quoted}]`, equals + 2) + 1 : path.indexOf(']', at);
  if (close <= 0) return fail('each `[` is closed by `]`');
  return { steps: [parseSelector(path.slice(at + 1, close), fail)], end: close + 1 };
}

function parseSelector(selector: string, fail: Fail): PathStep {
  if (selector === '*') return { kind: 'element' };
  if (INDEX.test(selector)) return { kind: 'index', index: Number(selector) };
  const equals = selector.indexOf('=');
  const member = selector.slice(0, Math.max(equals, 0));
  if (!MEMBER.test(member)) return fail('in brackets is `*`, an index, `member=value` or a quoted name');
  const value = selector.slice(equals + 1);
  const [quote] = value;
  if (quote !== undefined && QUOTES.includes(quote)) {
    return { kind: 'filter', member: foldCase(member), value: value.slice(1, -1), hasWildcard: false };
  }
  if (!/^[^\s=[][^[]*$/.test(value)) return fail('a value follows `=`, quoted if it is unlike a name');
  return { kind: 'filter', member: foldCase(member), value, hasWildcard: value.includes('*') };
}
