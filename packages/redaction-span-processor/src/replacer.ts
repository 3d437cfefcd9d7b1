import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { warnOnce } from '@genspan/span-processor-base';
import type { RedactionMode } from './redactor-options.js';

/** What {@link createReplacer} needs to know. */
export interface ReplacerOptions {
  readonly mode: RedactionMode;
  /** Whether marks say what was found. */
  readonly labels: boolean;
  /** Key of HMAC-SHA-256. Copied. */
  readonly hashKey: string | Uint8Array | undefined;
  /** UTF-16 code units that mode `partial` keeps. */
  readonly keepLast: number;
}

/** Makes the marks that stand in the place of secrets. */
export interface Replacer {
  /** @param name - of the detector or rule that found `secret` */
  readonly replace: (secret: string, name: string) => string;
}

/** Stands for a value that is masked as a whole, whatever the mode. */
export const MASK = '[REDACTED]';

/** Hex digits of a hash that are kept: 64 bits, so that equal hashes mean equal values. */
const HASH_DIGITS = 16;

/** Compiles what a mode does. In mode `hash` without a key it warns, once per process, that hashes can be guessed. */
export function createReplacer(options: ReplacerOptions): Replacer {
  return { replace: REPLACE[options.mode](options) };
}

const REPLACE: { [M in RedactionMode]: (options: ReplacerOptions) => Replacer['replace'] } = {
  mask: ({ labels }) => maskOf(labels),
  hash: ({ labels, hashKey }) => {
    const digest = hashKey === undefined ? guessableDigest() : keyedDigest(hashKey);
    return (secret, name) => {
      const hash = digest(secret).slice(0, HASH_DIGITS);
      return labels ? `[HASH:${name}:${hash}]` : `[HASH:${hash}]`;
    };
  },
  remove: () => () => '',
  partial: ({ labels, keepLast }) => {
    const mask = maskOf(labels);
    return (secret, name) => mask(secret, name) + tailOf(secret, keepLast);
  },
};

function maskOf(labels: boolean): Replacer['replace'] {
  if (!labels) return () => MASK;
  const masks = new Map<string, string>();
  return (_secret, name) => {
    let mask = masks.get(name);
    if (mask === undefined) masks.set(name, (mask = `[REDACTED:${name}]`));
    return mask;
  };
}

function keyedDigest(hashKey: string | Uint8Array): (secret: string) => string {
  const key = createSecretKey(typeof hashKey === 'string' ? Buffer.from(hashKey, 'utf8') : hashKey);
  return (secret) => createHmac('sha256', key).update(secret, 'utf8').digest('hex');
}

function guessableDigest(): (secret: string) => string {
  warnOnce(
    'hash-without-key',
    'Redaction: mode `hash` runs without `hashKey`. Who can guess a value, such as a phone number, can tell it by its hash.',
  );
  return (secret) => createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** The last `count` code units, nothing of a secret that they are more than half of, and no half of a character. */
function tailOf(secret: string, count: number): string {
  if (secret.length < 2 * count) return '';
  const start = secret.length - count;
  const isLowSurrogate = (secret.charCodeAt(start) & 0xfc00) === 0xdc00;
  return secret.slice(isLowSurrogate ? start + 1 : start);
}
