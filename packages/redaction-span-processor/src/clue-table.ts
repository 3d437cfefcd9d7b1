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
  /** For each pair of bytes the index of its list of suspects. */
  readonly lists = new Uint16Array(65_536);
  /** The index of each list's first one in {@link members}; behind the last list, where that ends. */
  readonly listStarts: Uint16Array;
  /** Indexes of suspects. */
  readonly members: Uint16Array;
  readonly suspects: Suspect[] = [];
  /** For each suspect a character beside the pair, counted from it, by which nearly all of them are told. */
  readonly besides: Int8Array;
  /** For each suspect 256 numbers, 1 for the bytes that this character can be. */
  readonly besideSets: Uint8Array;
  readonly #isWide: boolean;

  /**
   * @param clues - for each anchor its own
   * @param isWide - whether texts have characters beyond Latin-1, which share their bytes with others
   */
  constructor(clues: readonly (readonly Clue[])[], isWide: boolean) {
    this.#isWide = isWide;
    const lists: number[][] = [[]];
    const besides: number[] = [];
    const besideSets: Uint8Array[] = [];
    clues.forEach((own, anchor) => {
      for (const clue of own) {
        const places = isWide ? clue.places : clue.places.map((place) => place.replace(/[^\0-\xff]/g, ''));
        if (places.includes('')) continue;
        const { from, places: three } = rarestPart(places);
        const sets = places.map((place) => setOf(bytesOf(place)));
        const [first, second, third] = [bytesOf(three[0]), bytesOf(three[1]), bytesOf(three[2])];
        const suspect = { anchor, offset: -from, at: clue.at - from, places, sets };
        this.#addTo(lists, first, second, this.suspects.push(suspect) - 1);
        this.#addTo(
          lists,
          second,
          third,
          this.suspects.push({ ...suspect, offset: -from - 1, at: suspect.at - 1 }) - 1,
        );
        besides.push(2, -1);
        besideSets.push(setOf(third), setOf(first));
      }
    });
    const { suspects } = this;
    for (const list of lists) list.sort((a, b) => (suspects[a]?.at ?? 0) - (suspects[b]?.at ?? 0));
    this.members = Uint16Array.from(lists.flat());
    let sum = 0;
    this.listStarts = Uint16Array.from([0, ...lists.map((list) => (sum += list.length))]);
    this.besides = Int8Array.from(besides);
    this.besideSets = new Uint8Array(256 * besideSets.length);
    besideSets.forEach((set, index) => this.besideSets.set(set, 256 * index));
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

  #addTo(lists: number[][], first: readonly number[], second: readonly number[], suspect: number): void {
    const longer: number[] = [];
    for (const one of first) {
      for (const two of second) {
        const pair = pairOf(one, two);
        const list = this.lists[pair] ?? 0;
        const next = (longer[list] ??= lists.push([...(lists[list] ?? []), suspect]) - 1);
        this.lists[pair] = next;
        this.flags[pair] = 1;
      }
    }
  }
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
