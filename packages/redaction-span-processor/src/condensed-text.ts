/** A text without the middle of its long runs of base64, and where its characters come from. */
export class CondensedText {
  readonly text: string;
  /** Start and end of each part that is left out. */
  readonly #gaps: readonly number[];

  /** @param gaps - start and end of each part to be left out, in the order of the text */
  constructor(text: string, gaps: readonly number[]) {
    let condensed = '';
    let from = 0;
    for (let gap = 0; gap < gaps.length; gap += 2) {
      condensed += text.slice(from, gaps[gap]);
      from = gaps[gap + 1] ?? from;
    }
    this.text = condensed + text.slice(from);
    this.#gaps = gaps;
  }

  /** Where the character at `index` is in the whole text. */
  wholeIndex(index: number): number {
    let whole = index;
    for (let gap = 0; gap < this.#gaps.length; gap += 2) {
      const start = this.#gaps[gap] ?? 0;
      if (whole < start) break;
      whole += (this.#gaps[gap + 1] ?? start) - start;
    }
    return whole;
  }
}
