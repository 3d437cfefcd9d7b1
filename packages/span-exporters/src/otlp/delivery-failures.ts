import { diag } from '@opentelemetry/api';

/** Kinds told apart; there are not that many statuses and system errors in the life of a process. */
const MAX_KINDS = 64;
const OTHER = 'other';

/** Counts what went wrong with requests by kind and says each kind once. */
export class DeliveryFailures {
  readonly #byKind = new Map<string, number>();
  readonly #component: string;

  /** @param component - the first word of its log lines */
  constructor(component: string) {
    this.#component = component;
  }

  /**
   * @param kind - an HTTP status, a system error code or a word of ours
   * @param what - what happened, in words of ours
   */
  record(kind: string, what: string): void {
    const isKnown = this.#byKind.has(kind);
    const counted = isKnown || this.#byKind.size < MAX_KINDS ? kind : OTHER;
    this.#byKind.set(counted, (this.#byKind.get(counted) ?? 0) + 1);
    if (isKnown || counted !== kind) return;
    try {
      diag.warn(`${this.#component}: ${what}. More of the same is only counted.`);
    } catch {
      // The application's own logger threw: there is nobody left to tell, and the count stands.
    }
  }

  /** `{ '503': 2, ECONNREFUSED: 1, timeout: 4 }` */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#byKind);
  }
}
