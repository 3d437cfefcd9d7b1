import { ClueTable } from './clue-table.js';
import { bytePairs, bytes, copyChunk, MARGIN } from './text-bytes.js';
import type { Anchor, Look, TextScan } from './text-scan.js';

const FIRST_PAIR = MARGIN / 2;

/** The pairs of a chunk that can be part of a clue. */
const flagged = new Uint16Array(bytePairs.length);

/** Goes through texts from clue to clue, and has their detectors look there. */
export class ClueSearch {
  readonly #table: ClueTable;
  readonly #looks: readonly Look[];
  /** For each of the anchors where it goes on. */
  readonly #next: Int32Array;

  readonly #isWide: boolean;

  /** @param isWide - whether it is for texts with characters beyond Latin-1 */
  constructor(anchors: readonly Anchor[], isWide: boolean) {
    this.#table = new ClueTable(
      anchors.map(({ clues }) => clues),
      isWide,
    );
    this.#isWide = isWide;
    this.#looks = anchors.map(({ look }) => look);
    this.#next = new Int32Array(anchors.length);
  }

  run(scan: TextScan): void {
    const { length } = scan.text;
    this.#next.fill(0);
    for (let from = 0; from < length;) {
      const end = copyChunk(scan.text, from, this.#isWide);
      this.#lookAtFlagged(scan, from, this.#flag(Math.ceil((end - from) / 2)));
      from = end;
    }
  }

  /**
   * Puts the pairs of a chunk that can be part of a clue in a list: each is, and the next one takes its place unless it belongs
   * there. What the loop does does not depend on what it reads, which is what processors are slow at.
   *
   * @param length - in pairs; up to three more may be in the list, with which the search goes on behind the text in vain
   * @returns how many there are
   */
  #flag(length: number): number {
    const { flags } = this.#table;
    // As variables, since imports of CommonJS are read anew each time.
    const pairs = bytePairs;
    const list = flagged;
    let count = 0;
    for (let pair = FIRST_PAIR; pair < FIRST_PAIR + length; pair += 4) {
      list[count] = pair;
      count += flags[pairs[pair] ?? 0] ?? 0;
      list[count] = pair + 1;
      count += flags[pairs[pair + 1] ?? 0] ?? 0;
      list[count] = pair + 2;
      count += flags[pairs[pair + 2] ?? 0] ?? 0;
      list[count] = pair + 3;
      count += flags[pairs[pair + 3] ?? 0] ?? 0;
    }
    return count;
  }

  #lookAtFlagged(scan: TextScan, from: number, count: number): void {
    const { lists, listStarts, members, besides, besideSets } = this.#table;
    const own = bytes;
    for (let each = 0; each < count; each++) {
      const pair = flagged[each] ?? 0;
      const list = lists[bytePairs[pair] ?? 0] ?? 0;
      const end = listStarts[list + 1] ?? 0;
      for (let member = listStarts[list] ?? 0; member < end; member++) {
        const suspect = members[member] ?? 0;
        const beside = own[2 * pair + (besides[suspect] ?? 0)] ?? 0;
        if (besideSets[suspect * 256 + beside] === 1) this.#lookAt(scan, suspect, from - MARGIN, 2 * pair);
      }
    }
  }

  /** @param index - in {@link bytes} of the suspect's pair; in the text it is `shift` more */
  #lookAt(scan: TextScan, index: number, shift: number, byte: number): void {
    const suspect = this.#table.suspects[index];
    if (suspect === undefined) return;
    const { anchor, at, offset } = suspect;
    const next = this.#next[anchor] ?? 0;
    if (byte + shift + at < next) return;
    if (!this.#table.isAt(suspect, scan.text, byte + shift + offset, byte + offset)) return;
    this.#next[anchor] = this.#looks[anchor]?.(scan, byte + shift + at) ?? next;
  }
}
