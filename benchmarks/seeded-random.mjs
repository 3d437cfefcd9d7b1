// Chance that is the same in every run.

import { createHash } from 'node:crypto';

/** @param seed - any text; it decides all that follows */
export function randomOf(seed) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) || 1;
  /** Xorshift, 32 bits. */
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (limit) => next() % limit;
  const of = (items) => items[below(items.length)];
  const string = (length, alphabet) => {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[below(alphabet.length)];
    return text;
  };
  return { below, of, string };
}
