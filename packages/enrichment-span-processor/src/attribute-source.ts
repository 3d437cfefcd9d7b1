import type { AttributeValue } from '@opentelemetry/api';
import { absorbRejection, expectNumber, expectOneOf, expectOptions, OptionError } from '@genspan/span-processor-base';
import type { FailureCounter, ReadableSpanLike } from '@genspan/span-processor-base';

/** Gives the value of an attribute for a span; `undefined` for none. May throw. */
export type AttributeFunction = (span: ReadableSpanLike) => AttributeValue | undefined;

/** An attribute whose value is asked for. */
export interface DynamicAttribute {
  readonly value: AttributeFunction;
  /**
   * When it is asked for. `start`: in the context that the span starts in, where the end of the span is not known. `end`: with
   * all that the span came to hold.
   * @defaultValue `'start'`
   */
  readonly at?: 'start' | 'end';
  /**
   * Milliseconds for which a value is good for other spans, too; `Infinity`: for good. It is asked for when it is needed next.
   * @defaultValue 0: it is asked for at each span
   */
  readonly cacheMillis?: number;
}

/** What an attribute is to be: a value, a function that gives it, or one with more to say. */
export type AttributeSource = AttributeValue | AttributeFunction | DynamicAttribute;

/** A {@link DynamicAttribute} ready to be asked. Never throws: a failure is counted as `attributes`, and there is no value. */
export class DynamicSource {
  #cached: AttributeValue | undefined;
  #cachedUntil = -Infinity;

  constructor(
    readonly key: string,
    private readonly value: AttributeFunction,
    private readonly cacheMillis: number,
    private readonly failures: FailureCounter,
  ) {}

  for(span: ReadableSpanLike): AttributeValue | undefined {
    if (this.cacheMillis > 0 && performance.now() < this.#cachedUntil) return this.#cached;
    const value = this.#ask(span);
    if (this.cacheMillis > 0) {
      this.#cached = value;
      this.#cachedUntil = performance.now() + this.cacheMillis;
    }
    return value;
  }

  #ask(span: ReadableSpanLike): AttributeValue | undefined {
    try {
      const value: unknown = this.value(span);
      if (value === undefined || isAttributeValue(value)) return value;
      // An `async` function: its promise is no value, and nobody else handles its rejection.
      absorbRejection(value, 'attributes', this.failures);
      this.failures.record('attributes', new TypeError());
    } catch (error) {
      this.failures.record('attributes', error);
    }
    return undefined;
  }
}

/** Attributes of the application's own, by when they are written. */
export interface AttributeSources {
  readonly fixed: readonly (readonly [string, AttributeValue])[];
  readonly atStart: readonly DynamicSource[];
  readonly atEnd: readonly DynamicSource[];
}

/** @throws OptionError naming the attribute that is wrong. */
export function parseAttributeSources(given: unknown, failures: FailureCounter): AttributeSources {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new OptionError('attributes', 'to be an object', given);
  }
  const fixed: [string, AttributeValue][] = [];
  const atStart: DynamicSource[] = [];
  const atEnd: DynamicSource[] = [];
  for (const [key, source] of Object.entries(given)) {
    const name = `attributes.${key}`;
    if (key === '') throw new OptionError('attributes', 'to have no empty key', given);
    if (source === undefined) continue;
    if (isAttributeValue(source)) {
      fixed.push([key, Array.isArray(source) ? ([...source] as AttributeValue) : source]);
      continue;
    }
    const { value, at, cacheMillis } = parseDynamic(name, source);
    (at === 'start' ? atStart : atEnd).push(new DynamicSource(key, value, cacheMillis, failures));
  }
  return { fixed, atStart, atEnd };
}

function parseDynamic(name: string, source: unknown): Required<DynamicAttribute> {
  if (isAttributeFunction(source)) return { value: source, at: 'start', cacheMillis: 0 };
  if (typeof source !== 'object' || source === null || Array.isArray(source)) {
    throw new OptionError(name, 'to be an attribute value or a function', source);
  }
  const { value, at, cacheMillis } = expectOptions(source, ['value', 'at', 'cacheMillis']);
  if (!isAttributeFunction(value)) throw new OptionError(`${name}.value`, 'to be a function', value);
  return {
    value,
    at: expectOneOf(`${name}.at`, at ?? 'start', ['start', 'end']),
    cacheMillis: cacheMillis === Infinity ? Infinity : expectNumber(`${name}.cacheMillis`, cacheMillis ?? 0),
  };
}

/** What it returns is checked each time. */
function isAttributeFunction(value: unknown): value is AttributeFunction {
  return typeof value === 'function';
}

function isAttributeValue(value: unknown): value is AttributeValue {
  if (!Array.isArray(value)) return isPrimitive(value);
  const kinds = new Set(value.filter((item) => item !== null && item !== undefined).map((item) => typeof item));
  return kinds.size <= 1 && value.every((item) => item === null || item === undefined || isPrimitive(item));
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
