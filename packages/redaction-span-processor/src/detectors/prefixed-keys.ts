import { literal } from '../clue.js';
import {
  ALNUM,
  BASE64,
  BASE64URL,
  classesIn,
  continuesWord,
  DIGIT,
  HEX,
  is,
  LETTER,
  runEnd,
  UPPER_ALNUM,
} from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import { isFiller } from '../placeholder.js';
import type { RedactionMatch } from '../redaction-match.js';
import type { Anchor, Look } from '../text-scan.js';

/** A kind of key that is told by how it begins. */
interface KeyKind {
  readonly detector: DetectorName;
  /** How it begins. */
  readonly prefix: string;
  /** Characters that may follow, as bits of a character class. */
  readonly of: number;
  /** Least number of characters behind the prefix. */
  readonly min: number;
  /** Most; a longer run is a key with a neighbour, of which so many are taken. */
  readonly max?: number;
  /** Whether the prefix is so common that it must not continue a word, and that what follows must have digits and letters. */
  readonly weak?: true;
}

/**
 * Prefixes and lengths are those that the providers document or their keys have been seen to have. Least lengths are below
 * them, so that a key cut short by a limit is still one.
 */
const KINDS: readonly KeyKind[] = [
  { detector: 'anthropic_key', prefix: 'sk-ant-', of: BASE64URL, min: 16 },
  { detector: 'openai_key', prefix: 'sk-proj-', of: BASE64URL, min: 16 },
  { detector: 'openai_key', prefix: 'sk-svcacct-', of: BASE64URL, min: 16 },
  { detector: 'openai_key', prefix: 'sk-admin-', of: BASE64URL, min: 16 },
  { detector: 'openai_key', prefix: 'sk-', of: BASE64URL, min: 20, weak: true },
  { detector: 'aws_key', prefix: 'AKIA', of: UPPER_ALNUM, min: 16, max: 16 },
  { detector: 'aws_key', prefix: 'ASIA', of: UPPER_ALNUM, min: 16, max: 16 },
  { detector: 'aws_key', prefix: 'ABSK', of: BASE64, min: 40 },
  { detector: 'google_key', prefix: 'AQ.Ab', of: BASE64URL, min: 30 },
  { detector: 'google_key', prefix: 'AIza', of: BASE64URL, min: 35, max: 35 },
  { detector: 'google_key', prefix: 'GOCSPX-', of: BASE64URL, min: 20 },
  { detector: 'google_key', prefix: 'ya29.', of: BASE64URL, min: 20 },
  { detector: 'github_token', prefix: 'ghp_', of: ALNUM, min: 30 },
  { detector: 'github_token', prefix: 'gho_', of: ALNUM, min: 30 },
  { detector: 'github_token', prefix: 'ghu_', of: ALNUM, min: 30 },
  { detector: 'github_token', prefix: 'ghs_', of: ALNUM, min: 30 },
  { detector: 'github_token', prefix: 'ghr_', of: ALNUM, min: 30 },
  { detector: 'github_token', prefix: 'github_pat_', of: BASE64URL, min: 30 },
  ...['glpat', 'gldt', 'glrt', 'glcbt', 'glptt', 'glft', 'glimt', 'glagent', 'gloas', 'glsoat', 'glffct'].map(
    (prefix): KeyKind => ({ detector: 'gitlab_token', prefix: `${prefix}-`, of: BASE64URL, min: 16 }),
  ),
  { detector: 'gitlab_token', prefix: 'GR1348941', of: BASE64URL, min: 16 },
  ...['xoxe.xoxp', 'xoxe.xoxb', 'xoxb', 'xoxp', 'xoxa', 'xoxo', 'xoxr', 'xoxs', 'xoxe', 'xoxc', 'xoxd', 'xapp'].map(
    (prefix): KeyKind => ({
      detector: 'slack_token',
      prefix: `${prefix}-`,
      of: BASE64URL,
      min: 10,
    }),
  ),
  ...['sk_live', 'sk_test', 'rk_live', 'rk_test', 'sk_org', 'whsec'].map((prefix): KeyKind => ({
    detector: 'stripe_key',
    prefix: `${prefix}_`,
    of: ALNUM,
    min: 16,
  })),
  { detector: 'npm_token', prefix: 'npm_', of: ALNUM, min: 30 },
  { detector: 'huggingface_token', prefix: 'hf_', of: ALNUM, min: 30 },
  { detector: 'huggingface_token', prefix: 'api_org_', of: ALNUM, min: 30 },
  { detector: 'twilio_key', prefix: 'SK', of: HEX, min: 32, max: 32, weak: true },
  { detector: 'twilio_key', prefix: 'AC', of: HEX, min: 32, max: 32, weak: true },
];

/**
 * Access key ids of AWS in all of a text, also in the middle of long runs of base64: the only keys that chance does not make
 * there.
 */
export function awsKeysIn(text: string): readonly RedactionMatch[] {
  const matches: RedactionMatch[] = [];
  for (const kind of KINDS) {
    if (kind.max !== 16) continue;
    for (let start = text.indexOf(kind.prefix); start !== -1; start = text.indexOf(kind.prefix, start + 1)) {
      const end = endOfKey(text, start, kind);
      if (end > start) matches.push({ detector: kind.detector, start, end });
    }
  }
  return matches;
}

/** How many characters in a row a weak prefix needs behind it: words with hyphens are shorter. */
const MIN_RANDOM_LENGTH = 16;

/** Longest label behind a weak prefix: `sk-or-v1-`. */
const MAX_LABEL_LENGTH = 8;

/** How many characters behind a prefix are looked at to tell whether it is one. */
const WINDOW = 64;

/** Keys and tokens that are told by how they begin, of the detectors that are on. */
export function prefixedKeys(isOn: (detector: DetectorName) => boolean): readonly Anchor[] {
  const kinds = KINDS.filter(({ detector }) => isOn(detector));
  const shared = kinds.filter(({ prefix }) => !kinds.some((other) => isLonger(prefix, other.prefix)));
  return shared.map(({ prefix }) => ({
    clues: [literal(prefix)],
    look: lookFor(kinds.filter((kind) => kind.prefix.startsWith(prefix))),
  }));
}

function isLonger(prefix: string, than: string): boolean {
  return prefix.length > than.length && prefix.startsWith(than);
}

/** @param kinds - that begin alike, the more specific first */
function lookFor(kinds: readonly KeyKind[]): Look {
  return (scan, start) => {
    for (const kind of kinds) {
      const end = endOfKey(scan.text, start, kind);
      if (end === start) continue;
      scan.found(kind.detector, start, end);
      return end;
    }
    return start + 1;
  };
}

/** Where the key that begins at `start` ends; `start` when none does. */
function endOfKey(text: string, start: number, { prefix, of, min, max = Infinity, weak }: KeyKind): number {
  if (!text.startsWith(prefix, start)) return start;
  const body = start + prefix.length;
  if (weak && !beginsRandom(text, body)) return start;
  // So many tell whether it is one; the rest is only read when it is, and then passed over.
  const seen = runEnd(text, body, of, body + Math.min(max, WINDOW));
  if (seen - body < min || isFiller(text, body, seen)) return start;
  if (weak && !standsAlone(text, start, body, seen, max)) return start;
  const end = runEnd(text, seen, of, body + max);
  return prefix === 'glpat-' ? endOfRouting(text, end) : end;
}

/** Behind the parts of a routable token of GitLab: `glpat-….01.…`. */
function endOfRouting(text: string, from: number): number {
  let end = from;
  for (let part = 0; part < 2 && text.charCodeAt(end) === 46 && is(text, end + 1, ALNUM); part++) {
    end = runEnd(text, end + 1, ALNUM, end + WINDOW);
  }
  return end;
}

/** Whether so many letters and digits follow that they are no words, at once or behind a short label or two. */
function beginsRandom(text: string, body: number): boolean {
  let from = body;
  for (let labels = 0; labels < 3; labels++) {
    const end = runEnd(text, from, ALNUM, from + MIN_RANDOM_LENGTH);
    if (end - from === MIN_RANDOM_LENGTH) return true;
    if (end - from > MAX_LABEL_LENGTH || !is(text, end, BASE64URL)) return false;
    from = end + 1;
  }
  return false;
}

/** What a weak prefix needs beside the right length. */
function standsAlone(text: string, start: number, body: number, end: number, max: number): boolean {
  if (continuesWord(text, start) || text.charCodeAt(start - 1) === 95) return false;
  if (end - body === max && is(text, end, ALNUM)) return false;
  const classes = classesIn(text, body, end);
  return (classes & DIGIT) !== 0 && (classes & LETTER) !== 0;
}
