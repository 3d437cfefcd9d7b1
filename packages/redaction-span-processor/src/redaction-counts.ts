import type { RedactionField } from './redaction-field.js';
import type { MaskedWholeReason, RedactionStats } from './redaction-stats.js';

/** The counters behind {@link RedactionStats}. */
export class RedactionCounts {
  readonly maskedWhole: Record<MaskedWholeReason, number> = { error: 0, length: 0, structure: 0 };
  notAllowed = 0;
  spans = 0;
  logRecords = 0;
  timeMillis = 0;
  readonly #matches = new Map<string, Map<RedactionField, number>>();
  #marks: Record<string, number> | undefined;

  /** @param isMarked - whether the match is also kept for {@link takeMarks} */
  countMatch(name: string, field: RedactionField, isMarked: boolean): void {
    const byField = this.#matches.get(name) ?? new Map<RedactionField, number>();
    this.#matches.set(name, byField);
    byField.set(field, (byField.get(field) ?? 0) + 1);
    if (!isMarked) return;
    this.#marks ??= {};
    this.#marks[name] = (this.#marks[name] ?? 0) + 1;
  }

  /** The marked matches since the last call, by name; `undefined` when there are none. */
  takeMarks(): Record<string, number> | undefined {
    const marks = this.#marks;
    this.#marks = undefined;
    return marks;
  }

  stats(): RedactionStats {
    const { notAllowed, spans, logRecords, timeMillis } = this;
    const matches = Object.fromEntries(
      [...this.#matches].map(([name, byField]) => [name, Object.fromEntries(byField)]),
    );
    return { matches, maskedWhole: { ...this.maskedWhole }, notAllowed, spans, logRecords, timeMillis };
  }
}
