import { ATTR_GENSPAN_PAYLOAD_TRUNCATED } from '@genspan/semconv';
import type { TimedEventLike } from '@genspan/span-processor-base';
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { EnrichmentStep } from './enrichment-step.js';
import type { ParsedPayloadOptions } from './payload-options.js';
import { removeContent } from './payload-remove-content.js';
import { PayloadRules } from './payload-rules.js';
import { emptyPayloadCounts } from './payload-stats.js';
import type { PayloadCounts, PayloadStats } from './payload-stats.js';
import { ValueLimiter } from './payload-value.js';
import type { SpanDraft } from './span-draft.js';
import { emptyTally } from './truncate-tally.js';
import type { TruncateTally } from './truncate-tally.js';

/** A span with more attributes that were cut lists the first ones. */
const MAX_LISTED = 100;
/** Longer keys are listed by their first characters. */
const MAX_LISTED_LENGTH = 256;

/** Keeps what spans carry within limits. The span's `genspan.payload.truncated` lists the attributes that hold less than was given. */
export class PayloadStep implements EnrichmentStep {
  readonly name = 'payload';
  readonly #options: ParsedPayloadOptions;
  readonly #rules: PayloadRules;
  readonly #limiter: ValueLimiter;
  readonly #counts: PayloadCounts = emptyPayloadCounts();
  /** Strings of at most so many characters have at most `maxValueBytes`. */
  readonly #safeLength: number;

  constructor(options: ParsedPayloadOptions) {
    this.#options = options;
    this.#rules = new PayloadRules(options);
    this.#limiter = new ValueLimiter(this.#rules, options.maxValueBytes);
    this.#safeLength = Math.floor(options.maxValueBytes / 3);
  }

  apply(draft: SpanDraft): void {
    const { captureInputs, captureOutputs } = this.#options;
    if (!captureInputs || !captureOutputs) {
      const removed = removeContent(draft, (side) => (side === 'input' ? !captureInputs : !captureOutputs));
      this.#counts.removedAttributes += removed;
    }
    const cut: string[] = [];
    const { attributes } = draft;
    for (const key in attributes) {
      const value = attributes[key];
      if (this.#isFine(value) || key === ATTR_GENSPAN_PAYLOAD_TRUNCATED) continue;
      const next = this.#limit(key, value, cut);
      if (next === undefined) draft.remove(key);
      else if (next !== value) draft.set(key, asAttributeValue(next));
    }
    if (draft.events.length > 0) this.#limitEvents(draft, cut);
    if (cut.length > 0) draft.set(ATTR_GENSPAN_PAYLOAD_TRUNCATED, listOf(cut, attributes));
  }

  /** What the step did so far. */
  stats(): PayloadStats {
    return { ...this.#counts };
  }

  #limitEvents(draft: SpanDraft, cut: string[]): void {
    let events: TimedEventLike[] | undefined;
    draft.events.forEach((event, index) => {
      const attributes = this.#limitAttributes(event.attributes ?? {}, cut);
      if (attributes !== undefined) (events ??= [...draft.events])[index] = { ...event, attributes };
    });
    if (events !== undefined) draft.replaceEvents(events);
  }

  #limitAttributes(attributes: Attributes, cut: string[]): Attributes | undefined {
    let changed: Attributes | undefined;
    for (const key in attributes) {
      const value: unknown = attributes[key];
      if (this.#isFine(value)) continue;
      const next = this.#limit(key, value, cut);
      if (next === value) continue;
      changed ??= { ...attributes };
      if (next === undefined) delete changed[key];
      else changed[key] = asAttributeValue(next);
    }
    return changed;
  }

  /** Whether nothing is to be done to a value, told without a look at it. */
  #isFine(value: unknown): boolean {
    if (!this.#rules.isEmpty) return false;
    return typeof value === 'string' ? value.length <= this.#safeLength : typeof value !== 'object';
  }

  /** @returns `undefined` for an attribute that is removed */
  #limit(key: string, value: unknown, cut: string[]): unknown {
    const rules = this.#rules.of(key);
    if (rules.isRemoved) {
      this.#counts.removedAttributes += 1;
      cut.push(key);
      return undefined;
    }
    const tally = emptyTally();
    const limited = this.#limiter.limit(value, rules, tally);
    if (limited.value === value) return value;
    if (limited.isCut) cut.push(key);
    this.#count(value, limited.value, limited.isCut, tally);
    return limited.value;
  }

  #count(before: unknown, after: unknown, isCut: boolean, tally: TruncateTally): void {
    const counts = this.#counts;
    if (isCut) counts.truncatedValues += 1;
    counts.bytesCut += Math.max(0, bytesOf(before) - bytesOf(after));
    counts.droppedMessages += tally.messages;
    counts.replacedBlobs += tally.blobs;
    counts.replacedVectors += tally.vectors;
    counts.excludedValues += tally.excluded;
  }
}

/** Bytes of the strings of a value; structures are not walked again. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (!Array.isArray(value)) return 0;
  return value.reduce<number>((sum, item) => sum + (typeof item === 'string' ? Buffer.byteLength(item) : 0), 0);
}

/** With what an earlier pass listed. */
function listOf(cut: readonly string[], attributes: Readonly<Record<string, unknown>>): string[] {
  const earlier = attributes[ATTR_GENSPAN_PAYLOAD_TRUNCATED];
  const keys = new Set<string>();
  if (Array.isArray(earlier)) for (const key of earlier) if (typeof key === 'string') keys.add(key);
  for (const key of cut) keys.add(key.slice(0, MAX_LISTED_LENGTH));
  return [...keys].slice(0, MAX_LISTED);
}

/** The API's type has no structured values, which SDK 3 takes all the same. */
function asAttributeValue(value: unknown): AttributeValue {
  return value as AttributeValue;
}
