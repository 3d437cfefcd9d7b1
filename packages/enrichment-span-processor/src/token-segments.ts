/** Counts the tokens of a short text. */
export type CountText = (text: string) => number;

/** How much may still be counted; `characters` is reduced by what was. */
export interface CountBounds {
  characters: number;
  /** By `performance.now()`. */
  readonly untilMillis: number;
}

/** Characters that are counted at once, between two looks at the clock. */
const SEGMENT_LENGTH = 256;
/** From here on a segment ends before the next space, where a token begins anyway. */
const WANTED_LENGTH = 192;
/** Longest run that a tokenizer gets to see: words are shorter, and its time grows with the square of the run. */
const RUN_LENGTH = 32;

/**
 * Counts the tokens of a text from its beginning, as far as the bounds allow. A cut inside of a run adds a token at most.
 *
 * @returns the tokens and the number of characters that they stand for
 */
export function countSegments(
  countText: CountText,
  text: string,
  bounds: CountBounds,
): { readonly tokens: number; readonly characters: number } {
  const end = Math.min(text.length, bounds.characters);
  let tokens = 0;
  let from = 0;
  while (from < end && performance.now() < bounds.untilMillis) {
    const to = endOfSegment(text, from, end);
    // A copy: the tokenizer remembers words, and a slice would keep the whole text in memory.
    tokens += countText(Buffer.from(text.slice(from, to), 'utf16le').toString('utf16le'));
    from = to;
  }
  bounds.characters -= from;
  return { tokens, characters: from };
}

function endOfSegment(text: string, from: number, end: number): number {
  const last = Math.min(end, from + SEGMENT_LENGTH);
  let run = 0;
  let runKind = -1;
  for (let index = from; index < last; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x20 && index - from >= WANTED_LENGTH) return index;
    const kind = kindOf(code);
    run = kind === runKind ? run + 1 : 1;
    runKind = kind;
    if (run > RUN_LENGTH) return isInsidePair(text, index) ? index + 1 : index;
  }
  return isInsidePair(text, last) ? last + 1 : last;
}

/** Characters of different kinds are never of one piece. What is not ASCII is taken for letters, which cuts more often. */
function kindOf(code: number): number {
  if (code <= 0x20) return 0;
  // Digits are taken by threes.
  if (code >= 0x30 && code <= 0x39) return -1;
  return code >= 0x80 || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) ? 1 : 2;
}

function isInsidePair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800;
}
