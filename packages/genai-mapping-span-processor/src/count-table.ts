/** Names counted in a row; those beyond are counted together as `other`. */
const MAX_NAMES = 64;
const OTHER = 'other';

/** Counts by two names. */
export class CountTable {
  readonly #rows = new Map<string, Map<string, number>>();

  add(row: string, column: string): void {
    let counts = this.#rows.get(row);
    if (counts === undefined) this.#rows.set(row, (counts = new Map<string, number>()));
    const name = counts.has(column) || counts.size < MAX_NAMES ? column : OTHER;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  toObject(): Record<string, Record<string, number>> {
    return Object.fromEntries([...this.#rows].map(([row, counts]) => [row, Object.fromEntries(counts)]));
  }
}
