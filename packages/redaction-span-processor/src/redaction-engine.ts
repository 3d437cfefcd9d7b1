import type { ParsedRedactorOptions } from './parse-redactor-options.js';
import type { RedactionField } from './redaction-field.js';
import type { RedactionStats } from './redaction-stats.js';

/** Stands for an attribute or a member that is taken away. */
export const REMOVED = Symbol('removed');

/** Skeleton: finds e-mail addresses only. */
export class RedactionEngine {
  readonly dryRun: boolean;
  readonly #matches: Record<string, Partial<Record<RedactionField, number>>> = {};
  #spans = 0;
  #logRecords = 0;
  #timeMillis = 0;
  #marks: Record<string, number> | undefined;

  constructor(readonly options: ParsedRedactorOptions) {
    this.dryRun = options.dryRun;
  }

  /** Never throws; the identical string when nothing is found. */
  text(text: string, field: RedactionField): string {
    let count = 0;
    const next = text.replace(/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/g, () => {
      count++;
      return '[REDACTED]';
    });
    if (count === 0) return text;
    const byField = (this.#matches['email'] ??= {});
    byField[field] = (byField[field] ?? 0) + count;
    if (!this.dryRun) return next;
    this.#marks ??= {};
    this.#marks['email'] = (this.#marks['email'] ?? 0) + count;
    return text;
  }

  /** An attribute's key, rewritten if it holds a secret. */
  key(key: string, field: RedactionField): string {
    return this.text(key, field);
  }

  /** Never throws; the identical value when nothing is found; `REMOVED` when the attribute must go. */
  attribute(_key: string, value: unknown, field: RedactionField): unknown {
    if (typeof value === 'string') return this.text(value, field);
    if (Array.isArray(value)) {
      const next = value.map((item: unknown) => (typeof item === 'string' ? this.text(item, field) : item));
      return next.some((item, index) => item !== value[index]) ? next : value;
    }
    return value;
  }

  /** Like `attribute`, for what has no key. */
  pseudo(name: 'status.message' | 'body', value: unknown, field: RedactionField): unknown {
    return this.attribute(name, value, field);
  }

  /** With `dryRun` the matches by detector since the last call. */
  takeMarks(): Record<string, number> | undefined {
    const marks = this.#marks;
    this.#marks = undefined;
    return marks;
  }

  countSpan(millis: number): void {
    this.#spans++;
    this.#timeMillis += millis;
  }

  countLogRecord(millis: number): void {
    this.#logRecords++;
    this.#timeMillis += millis;
  }

  stats(): RedactionStats {
    return {
      matches: structuredClone(this.#matches),
      maskedWhole: { error: 0, length: 0, structure: 0 },
      notAllowed: 0,
      spans: this.#spans,
      logRecords: this.#logRecords,
      timeMillis: this.#timeMillis,
    };
  }
}
