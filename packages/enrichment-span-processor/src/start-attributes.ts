import type { Attributes, AttributeValue, Context } from '@opentelemetry/api';
import { genAIBaggageAttributes, genAIContextAttributes, getGenAIContext } from '@genspan/genai-context';
import type { GenAIContextKey } from '@genspan/genai-context';
import type { SpanLike } from '@genspan/span-processor-base';
import type { DynamicSource } from './attribute-source.js';

/**
 * Writes on a span that starts what only its start knows: the values of `withGenAIContext()`, those that came with a request
 * from another service, and attributes that are asked for. What the span has already stays.
 */
export class StartAttributes {
  readonly #context: boolean;
  readonly #baggageKeys: readonly GenAIContextKey[];
  readonly #sources: readonly DynamicSource[];

  constructor(options: {
    context: boolean;
    baggageKeys: readonly GenAIContextKey[];
    sources: readonly DynamicSource[];
  }) {
    this.#context = options.context;
    this.#baggageKeys = options.baggageKeys;
    this.#sources = options.sources;
  }

  onStart(span: SpanLike, parentContext: Context): void {
    if (this.#context) {
      const values = getGenAIContext(parentContext);
      if (values !== undefined) writeAbsent(span, genAIContextAttributes(values));
    }
    if (this.#baggageKeys.length > 0) {
      const received = genAIBaggageAttributes(parentContext, this.#baggageKeys);
      if (received !== undefined) writeAbsent(span, received);
    }
    for (const source of this.#sources) {
      const value = source.for(span);
      if (value !== undefined) writeOneAbsent(span, source.key, value);
    }
  }
}

function writeAbsent(span: SpanLike, attributes: Readonly<Attributes>): void {
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    if (value !== undefined) writeOneAbsent(span, key, value);
  }
}

function writeOneAbsent(span: SpanLike, key: string, value: AttributeValue): void {
  const { attributes } = span;
  // Also of keys that every object inherits something under, such as `constructor`.
  if (attributes[key] === undefined || !Object.hasOwn(attributes, key)) span.setAttribute(key, value);
}
