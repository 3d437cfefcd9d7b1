import type { AttributeSources } from './attribute-source.js';
import type { EnrichmentStep } from './enrichment-step.js';
import type { SpanDraft } from './span-draft.js';

/** Writes the attributes of the application's own that need no start. What the span has already stays. */
export class AttributesStep implements EnrichmentStep {
  readonly name = 'attributes';

  constructor(private readonly sources: AttributeSources) {}

  apply(draft: SpanDraft): void {
    for (const [key, value] of this.sources.fixed) {
      if (!has(draft, key)) draft.set(key, value);
    }
    for (const source of this.sources.atEnd) {
      if (has(draft, source.key)) continue;
      const value = source.for(draft.span);
      if (value !== undefined) draft.set(source.key, value);
    }
  }
}

/** Also of keys that every object inherits something under, such as `constructor`. */
function has({ attributes }: SpanDraft, key: string): boolean {
  return attributes[key] !== undefined && Object.hasOwn(attributes, key);
}
