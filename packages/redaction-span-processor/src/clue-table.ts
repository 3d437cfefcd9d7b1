import { rarestPart } from './clue.js';
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
  /** For each place the bytes that can be there. */
  readonly sets: readonly Uint8Array[];
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
    const befores = new Map<Suspect, readonly number[]>();
    const behinds = new Map<Suspect, readonly number[]>();
    clues.forEach((own, anchor) => {
      for (const clue of own) {
        const places = isWide ? clue.places : clue.places.map((place) => place.replace(/[^\0-\xff]/g, ''));
        if (places.includes('')) continue;
        const part = rarestPart(places);
        const sets = places.map((place) => setOf(bytesOf(place)));
        const [first, second, third] = [bytesOf(part.places[0]), bytesOf(part.places[1]), bytesOf(part.places[2])];
        const even: Suspect = { anchor, offset: -part.from, at: clue.at - part.from, places, sets };
        const odd: Suspect = { ...even, offset: even.offset - 1, at: even.at - 1 };
        behinds.set(even, third);
        befores.set(odd, first);
        this.#add(first, second, even);
        this.#add(second, third, odd);
      }
    });
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
    for (let place = 0; place < sets.length; place++) if (sets[place]?.[own[byte + place] ?? 0] !== 1) return false;
    if (start < 0 || start + places.length > text.length) return false;
    if (!this.#isWide) return true;
    for (let place = 0; place < places.length; place++) {
      if (places[place]?.includes(text.charAt(start + place)) !== true) return false;
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

/** The bytes that stand for these characters; all bytes, if there are none. */
function bytesOf(characters: string): readonly number[] {
  if (characters === '') return ALL;
  return [...new Set(Array.from(characters, (character) => byteOf(character.charCodeAt(0))))];
}

const ALL = [...new Uint8Array(256).keys()];

/** For each byte 1 if it is one of these. */
function setOf(own: readonly number[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const byte of own) set[byte] = 1;
  return set;
}
