import type { MeterProvider } from '@opentelemetry/api';
import type { GenAIContextKey } from '@genspan/genai-context';
import { CONTEXT_ATTRIBUTES } from '@genspan/genai-context';
import {
  expectBoolean,
  expectInteger,
  expectMeterProvider,
  expectNonEmptyStrings,
  expectOneOf,
  expectOptions,
} from '@genspan/span-processor-base';
import type { FailureCounter, SpanProcessorLike } from '@genspan/span-processor-base';
import { parseMaxAttributes } from './attribute-count-step.js';
import { parseAttributeSources } from './attribute-source.js';
import type { AttributeSource, AttributeSources } from './attribute-source.js';
import { parseCostOptions } from './cost-options.js';
import type { CostOptions, ParsedCostOptions } from './cost-options.js';
import { parsePayloadOptions } from './payload-options.js';
import type { ParsedPayloadOptions, PayloadOptions } from './payload-options.js';
import { parseMaxSpanDepth } from './span-depth.js';
import { parseTokenOptions } from './token-options.js';
import type { ParsedTokenOptions, TokenOptions } from './token-options.js';

/** Options of {@link EnrichmentSpanProcessor}. */
export interface EnrichmentSpanProcessorOptions {
  /**
   * The next step, which gets views with what is added; other processors of the provider see the spans as they are, but for
   * what is written at their start.
   * @defaultValue none: spans are written themselves, for all processors of the provider
   */
  delegate?: SpanProcessorLike;
  /**
   * Attributes of the application's own, on every span: values, or functions that give them. An attribute that a span has
   * already stays as it is. A function that throws, or gives no attribute value, gives none; it is counted.
   * @defaultValue none
   */
  attributes?: Readonly<Record<string, AttributeSource>>;
  /**
   * Writes the values of `withGenAIContext()` on every span that starts in it, at its start.
   * @defaultValue true
   */
  context?: boolean;
  /**
   * Context values that are believed when they come with a request from another service, by OpenTelemetry baggage. Anyone who
   * can call the service can write baggage.
   * @defaultValue none
   */
  baggageKeys?: readonly GenAIContextKey[];
  /**
   * How calls of models are priced. `false`: not at all.
   * @defaultValue by the table of public prices that is installed
   */
  cost?: CostOptions | boolean;
  /**
   * How tokens are counted where no usage was reported, and content was captured. `false`: spans are not even marked with
   * where their numbers are from.
   * @defaultValue what was not reported is not known
   */
  tokens?: TokenOptions | false;
  /**
   * How much the attributes of a span may hold, and what of its content. `false`: everything stays as it is.
   * @defaultValue 1 MiB a value
   */
  payload?: PayloadOptions | false;
  /**
   * Spans from a local root down to a span, itself counted, beyond which spans keep timing and status and lose their content.
   * @defaultValue 100
   */
  maxSpanDepth?: number;
  /**
   * Attributes of a span beyond which the least important ones are left out, and counted on the span.
   * @defaultValue 128
   */
  maxAttributes?: number;
  /**
   * Sums up tokens, cost, calls and errors of a trace on its local root.
   * @defaultValue true
   */
  traceTotals?: boolean;
  /**
   * Local roots followed for their totals at the same time; the oldest is given up for one more, and counted.
   * @defaultValue 10,000
   */
  maxTraces?: number;
  /**
   * Where the numbers of `stats()` are reported as metrics, too.
   * @defaultValue none
   */
  meterProvider?: MeterProvider;
}

/** The options with every default filled in. */
export interface ParsedEnrichmentOptions {
  readonly delegate: unknown;
  readonly attributes: AttributeSources;
  readonly context: boolean;
  readonly baggageKeys: readonly GenAIContextKey[];
  readonly cost: ParsedCostOptions | undefined;
  readonly tokens: ParsedTokenOptions | undefined;
  readonly payload: ParsedPayloadOptions | undefined;
  readonly maxSpanDepth: number;
  readonly maxAttributes: number;
  readonly traceTotals: boolean;
  readonly maxTraces: number;
  readonly meterProvider: MeterProvider | undefined;
}

const KNOWN_OPTIONS = [
  'delegate',
  'attributes',
  'context',
  'baggageKeys',
  'cost',
  'tokens',
  'payload',
  'maxSpanDepth',
  'maxAttributes',
  'traceTotals',
  'maxTraces',
  'meterProvider',
] as const satisfies readonly (keyof EnrichmentSpanProcessorOptions)[];

/**
 * @param failures - where what goes wrong later is counted
 * @throws OptionError naming the option that is wrong.
 */
export function parseEnrichmentOptions(options: unknown, failures: FailureCounter): ParsedEnrichmentOptions {
  const given = expectOptions(options, KNOWN_OPTIONS);
  const baggageKeys = given['baggageKeys'] ?? [];
  return Object.freeze({
    delegate: given['delegate'],
    attributes: parseAttributeSources(given['attributes'] ?? {}, failures),
    context: expectBoolean('context', given['context'] ?? true),
    baggageKeys: Array.isArray(baggageKeys) && baggageKeys.length === 0 ? [] : expectContextKeys(baggageKeys),
    cost: parseCostOptions('cost', given['cost'] ?? true),
    tokens: parseTokenOptions('tokens', given['tokens']),
    payload: given['payload'] === false ? undefined : parsePayloadOptions('payload', given['payload']),
    maxSpanDepth: parseMaxSpanDepth('maxSpanDepth', given['maxSpanDepth']),
    maxAttributes: parseMaxAttributes('maxAttributes', given['maxAttributes']),
    traceTotals: expectBoolean('traceTotals', given['traceTotals'] ?? true),
    maxTraces: expectInteger('maxTraces', given['maxTraces'] ?? 10_000),
    meterProvider:
      given['meterProvider'] === undefined ? undefined : expectMeterProvider('meterProvider', given['meterProvider']),
  });
}

function expectContextKeys(value: unknown): readonly GenAIContextKey[] {
  const known = Object.keys(CONTEXT_ATTRIBUTES) as GenAIContextKey[];
  return expectNonEmptyStrings('baggageKeys', value).map((key, index) =>
    expectOneOf(`baggageKeys[${index}]`, key, known),
  );
}
