import { ATTR_GENSPAN_PAYLOAD_DROPPED_ATTRIBUTE_COUNT } from '@genspan/semconv';
import { expectInteger, warnOnce } from '@genspan/span-processor-base';
import { keysToDrop } from './attribute-count-order.js';
import type { EnrichmentStep } from './enrichment-step.js';
import type { SpanDraft } from './span-draft.js';

/** As many as the SDK keeps by default. */
const DEFAULT_MAX_ATTRIBUTES = 128;
/** What a span is about has room in so many. */
const MIN_MAX_ATTRIBUTES = 16;

/**
 * How many attributes a span may have when it leaves: by default 128.
 *
 * @throws OptionError unless it is an integer of at least 16
 */
export function parseMaxAttributes(name: string, value: unknown): number {
  return value === undefined ? DEFAULT_MAX_ATTRIBUTES : expectInteger(name, value, MIN_MAX_ATTRIBUTES);
}

/**
 * Keeps the number of attributes within its limit by what matters, where the SDK, exporters and backends drop what came last. Belongs
 * behind all that adds attributes. What was dropped is counted on the span, `genspan.payload.dropped_attribute_count`.
 *
 * What the SDK dropped before is gone; it is counted, and said once.
 */
export class AttributeCountStep implements EnrichmentStep {
  readonly name = 'attributeCount';
  readonly #maxAttributes: number;
  #spansOverLimit = 0;
  #droppedAttributes = 0;
  #spansCutBySdk = 0;
  #attributesDroppedBySdk = 0;

  /** @param maxAttributes - as {@link parseMaxAttributes} gives it */
  constructor(maxAttributes: number) {
    this.#maxAttributes = maxAttributes;
  }

  apply(draft: SpanDraft): void {
    const bySdk = draft.span.droppedAttributesCount;
    if (bySdk > 0) this.#countSdk(bySdk);
    if (draft.mostAttributes <= this.#maxAttributes) return;
    if (Object.keys(draft.attributes).length > this.#maxAttributes) this.#drop(draft);
  }

  /** What was dropped so far, here and before by the SDK. */
  stats(): Readonly<
    Record<'spansOverLimit' | 'droppedAttributes' | 'spansCutBySdk' | 'attributesDroppedBySdk', number>
  > {
    return {
      spansOverLimit: this.#spansOverLimit,
      droppedAttributes: this.#droppedAttributes,
      spansCutBySdk: this.#spansCutBySdk,
      attributesDroppedBySdk: this.#attributesDroppedBySdk,
    };
  }

  #drop(draft: SpanDraft): void {
    const before = draft.attributes[ATTR_GENSPAN_PAYLOAD_DROPPED_ATTRIBUTE_COUNT];
    // The count is an attribute, too.
    const room = before === undefined ? this.#maxAttributes - 1 : this.#maxAttributes;
    const keys = keysToDrop(draft.attributes, room);
    for (const key of keys) draft.drop(key);
    draft.set(ATTR_GENSPAN_PAYLOAD_DROPPED_ATTRIBUTE_COUNT, keys.length + (typeof before === 'number' ? before : 0));
    this.#droppedAttributes += keys.length;
    this.#spansOverLimit += 1;
    warnOnce(
      'enrichment.attributeCount',
      `A span has more than ${this.#maxAttributes} attributes: the least important ones are dropped, and counted in ` +
        `${ATTR_GENSPAN_PAYLOAD_DROPPED_ATTRIBUTE_COUNT}. Raise maxAttributes if what receives the spans takes more.`,
    );
  }

  #countSdk(count: number): void {
    this.#attributesDroppedBySdk += count;
    this.#spansCutBySdk += 1;
    warnOnce(
      'enrichment.attributeCount.sdk',
      'The SDK dropped attributes of a span, those that were set last, because of its own limit of 128 or of ' +
        'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT. Raise that: what is dropped there is lost to all that comes behind.',
    );
  }
}
