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

  /** @param isCopied - whether all of the text's bytes are where they are searched */
  run(scan: TextScan, isCopied: boolean): void {
    const { length } = scan.text;
    for (let from = 0; from < length;) {
      const end = isCopied ? length : copyChunk(scan.text, from, this.#isWide);
      const count = this.#narrow(this.#flag(Math.ceil((end - from) / 2)));
      if (from === 0 && (count > 0 || end < length)) this.#next.fill(0);
      for (let each = 0; each < count; each++) this.#lookAt(scan, flagged[each] ?? 0, from - MARGIN);
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

  /**
   * Leaves in the list what can be part of a clue with a byte beside it, too.
   *
   * @returns how many pairs that are
   */
  #narrow(count: number): number {
    const { lists, before, behind } = this.#table;
    const pairs = bytePairs;
    const own = bytes;
    const list = flagged;
    let left = 0;
    for (let each = 0; each < count; each++) {
      const pair = list[each] ?? 0;
      const set = (lists[pairs[pair] ?? 0] ?? 0) << 8;
      list[left] = pair;
      left += (before[set + (own[2 * pair - 1] ?? 0)] ?? 0) | (behind[set + (own[2 * pair + 2] ?? 0)] ?? 0);
    }
    return left;
  }

  /**
   * @param pair - index in {@link bytePairs}
   * @param shift - how much further a byte is in the text
   */
  #lookAt(scan: TextScan, pair: number, shift: number): void {
    const table = this.#table;
    const suspects = table.suspects[table.lists[bytePairs[pair] ?? 0] ?? 0];
    if (suspects === undefined) return;
    for (let each = 0; each < suspects.length; each++) {
      const suspect = suspects[each];
      if (suspect === undefined) continue;
      const { anchor, at, offset } = suspect;
      const index = 2 * pair + shift + at;
      const next = this.#next[anchor] ?? 0;
      if (index < next || !table.isAt(suspect, scan.text, index - at + offset, 2 * pair + offset)) continue;
      this.#next[anchor] = this.#looks[anchor]?.(scan, index) ?? next;
    }
  }
}
