import { fits, isNegated, rarestPart } from './clue.js';
import type { Clue } from './clue.js';
import { byteOf, bytes, pairOf } from './text-bytes.js';

/** A clue that a pair of bytes can be part of. */
export interface Suspect {
  /** Index of the clue's anchor. */
  readonly anchor: number;
  /** Where the clue begins, counted from the pair. */
  readonly offset: number;
  /** Where the character is that is looked at, counted from the pair. */
  readonly at: number;
  readonly places: readonly string[];
  /** For each place where its set of bytes begins in {@link ClueTable.sets}. */
  readonly sets: Uint16Array;
}

/**
 * Tells for each pair of bytes which clues it can be part of; nearly all pairs of a text are part of none. Of the three
 * characters by which a clue is noticed two are such a pair, whether it begins at an even index or at an odd one.
 */
export class ClueTable {
  /** For each pair of bytes 1 if it can be part of a clue. */
  readonly flags = new Uint8Array(65_536);
  /** For each pair of bytes the index of the list of its suspects. */
  readonly lists = new Uint16Array(65_536);
  readonly suspects: Suspect[][] = [[]];
  /** For each set 256 numbers: 1 for the bytes that are in it. */
  readonly sets: Uint8Array;
  /** For each list 256 numbers: 1 for bytes in front of the pair with which it can be part of one of the clues. */
  readonly before: Uint8Array;
  /** The same for bytes behind the pair. */
  readonly behind: Uint8Array;
  readonly #isWide: boolean;

  /**
   * @param clues - for each anchor its own
   * @param isWide - whether texts have characters beyond Latin-1, which share their bytes with others
   */
  constructor(clues: readonly (readonly Clue[])[], isWide: boolean) {
    this.#isWide = isWide;
    const pool = new SetPool();
    const befores = new Map<Suspect, readonly number[]>();
    const behinds = new Map<Suspect, readonly number[]>();
    clues.forEach((own, anchor) => {
      for (const clue of own) {
        const places = isWide ? clue.places : clue.places.map(inLatin);
        if (places.includes('')) continue;
        const part = rarestPart(places);
        const sets = Uint16Array.from(places, (place) => pool.indexOf(place));
        const [first, second, third] = [bytesOf(part.places[0]), bytesOf(part.places[1]), bytesOf(part.places[2])];
        const even: Suspect = { anchor, offset: -part.from, at: clue.at - part.from, places, sets };
        const odd: Suspect = { ...even, offset: even.offset - 1, at: even.at - 1 };
        behinds.set(even, third);
        befores.set(odd, first);
        this.#add(first, second, even);
        this.#add(second, third, odd);
      }
    });
    this.sets = pool.sets;
    for (const suspects of this.suspects) suspects.sort((a, b) => a.at - b.at);
    this.before = setsOf(this.suspects, befores);
    this.behind = setsOf(this.suspects, behinds);
  }

  /**
   * Whether the clue is in the text.
   *
   * @param start - where it begins
   * @param byte - index in {@link bytes} of the byte that stands for this character
   */
  isAt({ sets, places }: Suspect, text: string, start: number, byte: number): boolean {
    const own = bytes;
    const all = this.sets;
    for (let place = 0; place < sets.length; place++) {
      if (all[(sets[place] ?? 0) + (own[byte + place] ?? 0)] !== 1) return false;
    }
    if (start < -1 || (start < 0 && !isNegated(places[0] ?? '')) || start + places.length > text.length) return false;
    if (!this.#isWide) return true;
    for (let place = 0; place < places.length; place++) {
      // In front of the text a line ends.
      if (!fits(text.charAt(start + place) || '\n', places[place] ?? '')) return false;
    }
    return true;
  }

  #add(first: readonly number[], second: readonly number[], suspect: Suspect): void {
    const longer: number[] = [];
    for (const one of first) {
      for (const two of second) {
        const pair = pairOf(one, two);
        const list = this.lists[pair] ?? 0;
        const next = (longer[list] ??= this.suspects.push([...(this.suspects[list] ?? []), suspect]) - 1);
        this.lists[pair] = next;
        this.flags[pair] = 1;
      }
    }
  }
}

/** For each list the bytes that one of its suspects has beside the pair. */
function setsOf(lists: readonly (readonly Suspect[])[], own: ReadonlyMap<Suspect, readonly number[]>): Uint8Array {
  const sets = new Uint8Array(256 * lists.length);
  lists.forEach((suspects, list) => {
    for (const suspect of suspects) for (const byte of own.get(suspect) ?? []) sets[256 * list + byte] = 1;
  });
  return sets;
}

/** Without characters beyond Latin-1. */
function inLatin(place: string): string {
  return place.replace(/[^\0-\xff]/g, '');
}

/** The bytes that stand for the characters that can be in a place; all bytes, if it is none. */
function bytesOf(place: string): readonly number[] {
  if (place === '') return ALL;
  const bytes = new Set(Array.from(place, (character) => byteOf(character.charCodeAt(0))));
  return isNegated(place) ? ALL.filter((byte) => !place.includes(String.fromCharCode(byte), 1)) : [...bytes];
}

const ALL = [...new Uint8Array(256).keys()];

/** Sets of bytes, each once. */
class SetPool {
  readonly #places = new Map<string, number>();

  /** Where the set of a place begins. */
  indexOf(place: string): number {
    const index = this.#places.get(place) ?? this.#places.size * 256;
    this.#places.set(place, index);
    return index;
  }

  get sets(): Uint8Array {
    const sets = new Uint8Array(256 * this.#places.size);
    for (const [place, index] of this.#places) for (const byte of bytesOf(place)) sets[index + byte] = 1;
    return sets;
  }
}
