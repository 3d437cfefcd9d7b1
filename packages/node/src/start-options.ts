import { TRACE_EXPORTERS } from '@genspan/configuration';
import type { ConfigurationModel } from '@genspan/configuration';
import type { OpenAIInstrumentationConfig } from '@genspan/instrumentation-openai';
import type {
  EnrichmentStageOptions,
  MappingStageOptions,
  RedactionStageOptions,
  SamplingStageOptions,
} from '@genspan/pipeline';
import {
  expectInteger,
  expectNonEmptyString,
  expectOneOf,
  expectOptions,
  hasMethods,
  OptionError,
} from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import type { InstrumentationLike } from './instrumentation-like.js';
import type { SamplerLike } from './sampler-like.js';
import { expectDelivery } from './delivery-settings.js';
import type { DeliveryOptions } from './delivery-settings.js';
import { expectEnrichment } from './enrichment-settings.js';
import { expectMapping } from './mapping-settings.js';
import { expectRedaction } from './redaction-settings.js';
import { expectSampling } from './sampling-settings.js';
import type { TraceExporter } from './trace-pipeline.js';

/** Options of {@link start}. What is left out comes from the environment, then from the defaults. */
export interface StartOptions {
  /**
   * `service.name` of everything sent.
   * @defaultValue `OTEL_SERVICE_NAME`
   */
  serviceName?: string;
  /**
   * Where spans go: names as in `OTEL_TRACES_EXPORTER`, or exporter objects, which get batches by `OTEL_BSP_*`. An empty
   * list records no spans.
   * @defaultValue `OTEL_TRACES_EXPORTER`
   */
  exporters?: readonly TraceExporter[];
  /**
   * Instrumentations in addition to genspan's for `openai` and to `@opentelemetry/auto-instrumentations-node`.
   * @defaultValue none
   */
  instrumentations?: readonly InstrumentationLike[];
  /**
   * Options of the instrumentation of `openai`: content capture, hooks.
   * @defaultValue the variables in the README's table
   */
  openai?: OpenAIInstrumentationConfig;
  /**
   * Order of the stages between the end of a span and its export.
   * @defaultValue `OTEL_GENSPAN_PIPELINE_ORDER`, else `'safety'`
   */
  order?: ConfigurationModel['pipeline']['order'];
  /**
   * Decides at the start of a span whether it is recorded: a sampler of the SDK, or `GenAISampler` of
   * `@genspan/sampling-span-processor`.
   * @defaultValue `OTEL_TRACES_SAMPLER`
   */
  sampler?: SamplerLike;
  /**
   * Which traces are kept, decided at their end: options of `SamplingSpanProcessor`. What is left out is taken from the
   * environment; `rules` replace its rules. An object always puts the stage in, `false` never.
   * @defaultValue `OTEL_GENSPAN_SAMPLING_*`; no stage, which keeps everything, when they ask for nothing
   */
  sampling?: SamplingStageOptions | false;
  /**
   * What is added to spans, and how much they may hold: options of `EnrichmentSpanProcessor`. What is left out is taken from
   * the environment; `attributes` come to those of the environment. An object always puts the stage in, `false` never.
   * @defaultValue `OTEL_GENSPAN_ENRICHMENT_*`, else on
   */
  enrichment?: EnrichmentStageOptions | false;
  /**
   * The dialects that GenAI spans are written in: options of `GenAIMappingSpanProcessor`. What is left out is taken from the
   * environment. An object always puts the stage in, `false` never.
   * @defaultValue `OTEL_GENSPAN_MAPPING_*`; no stage, when they name no dialect
   */
  mapping?: MappingStageOptions | false;
  /**
   * What is taken out of spans and log records: options of `Redactor`. What is left out is taken from the environment; its
   * fields are redacted beside what `rules` say. An object always puts the stage in, `false` never: then every text leaves as
   * it is.
   * @defaultValue `OTEL_GENSPAN_REDACTION_*`, else on, with the detectors that are on by default
   */
  redaction?: RedactionStageOptions | false;
  /**
   * How spans reach their exporters: queue, retries, rate, spool, hooks. What is left out is taken from the environment.
   * @defaultValue `OTEL_GENSPAN_EXPORT_*`
   */
  delivery?: DeliveryOptions;
  /**
   * Longest time in milliseconds that a flush may take; 0 does not wait at all.
   * @defaultValue `OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS`, else 5000
   */
  shutdownTimeoutMillis?: number;
}

/** The options over the model that the environment gave. */
export interface Settings {
  readonly model: ConfigurationModel;
  readonly serviceName: string | undefined;
  readonly exporters: readonly TraceExporter[];
  readonly instrumentations: readonly InstrumentationLike[];
  readonly openai: OpenAIInstrumentationConfig;
  readonly sampler: SamplerLike | undefined;
  /** What was given in code, over `model.sampling`. */
  readonly sampling: SamplingStageOptions | false | undefined;
  /** What was given in code, over `model.enrichment`. */
  readonly enrichment: EnrichmentStageOptions | false | undefined;
  /** What was given in code, over `model.mapping`. */
  readonly mapping: MappingStageOptions | false | undefined;
  /** What was given in code, over `model.redaction`. */
  readonly redaction: RedactionStageOptions | false | undefined;
  /** What was given in code, over `model.export`. */
  readonly delivery: DeliveryOptions;
}

const KNOWN = [
  'serviceName',
  'exporters',
  'instrumentations',
  'openai',
  'order',
  'sampler',
  'sampling',
  'enrichment',
  'mapping',
  'redaction',
  'delivery',
  'shutdownTimeoutMillis',
] as const;

/**
 * Checks the options and fills in the rest from `model`.
 *
 * @throws {OptionError} naming the option that is wrong.
 */
export function parseStartOptions(options: StartOptions, model: ConfigurationModel): Settings {
  const given = expectOptions(options, KNOWN);
  const set = <T>(name: keyof StartOptions, expect: (name: string, value: unknown) => T, otherwise: T): T =>
    given[name] === undefined ? otherwise : expect(name, given[name]);
  const timeout = (name: string, value: unknown): number => expectInteger(name, value, 0);
  const order = (name: string, value: unknown): ConfigurationModel['pipeline']['order'] =>
    expectOneOf(name, value, ['safety', 'efficiency']);
  return {
    model: Object.freeze({
      ...model,
      sdk: {
        ...model.sdk,
        shutdownTimeoutMillis: set('shutdownTimeoutMillis', timeout, model.sdk.shutdownTimeoutMillis),
      },
      pipeline: { ...model.pipeline, order: set('order', order, model.pipeline.order) },
    }),
    serviceName: set<string | undefined>('serviceName', expectNonEmptyString, undefined),
    exporters: set<readonly TraceExporter[]>('exporters', expectExporters, model.traces.exporters),
    instrumentations: set<readonly InstrumentationLike[]>('instrumentations', expectInstrumentations, []),
    // Checked by the instrumentation itself.
    openai: set<OpenAIInstrumentationConfig>('openai', expectObject, {}),
    sampler: set<SamplerLike | undefined>('sampler', expectSampler, undefined),
    sampling: given['sampling'] === undefined ? undefined : expectSampling(given['sampling'], model.sampling),
    enrichment: given['enrichment'] === undefined ? undefined : expectEnrichment(given['enrichment'], model.enrichment),
    mapping: given['mapping'] === undefined ? undefined : expectMapping(given['mapping'], model.mapping),
    redaction: given['redaction'] === undefined ? undefined : expectRedaction(given['redaction'], model.redaction),
    delivery: given['delivery'] === undefined ? {} : expectDelivery(given['delivery']),
  };
}

function expectExporters(name: string, value: unknown): TraceExporter[] {
  return expectList(name, value).map((item, index) => {
    const itemName = `${name}[${index}]`;
    if (typeof item === 'string') return expectOneOf(itemName, item, TRACE_EXPORTERS);
    if (isExporter(item)) return item;
    throw new OptionError(itemName, `to be a span exporter or one of ${TRACE_EXPORTERS.join(', ')}`, item);
  });
}

function expectInstrumentations(name: string, value: unknown): InstrumentationLike[] {
  return expectList(name, value).map((item, index) => {
    if (isInstrumentation(item)) return item;
    throw new OptionError(`${name}[${index}]`, 'to be an instrumentation (enable, disable, setTracerProvider)', item);
  });
}

function expectList(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new OptionError(name, 'to be an array', value);
}

function expectObject(name: string, value: unknown): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new OptionError(name, 'to be an object', value);
}

function expectSampler(name: string, value: unknown): SamplerLike {
  if (isSampler(value)) return value;
  throw new OptionError(name, 'to be a sampler (shouldSample)', value);
}

function isSampler(value: unknown): value is SamplerLike {
  return hasMethods(value, ['shouldSample']);
}

function isExporter(value: unknown): value is SpanExporterLike {
  return hasMethods(value, ['export', 'shutdown']);
}

function isInstrumentation(value: unknown): value is InstrumentationLike {
  return hasMethods(value, ['enable', 'disable', 'setTracerProvider']);
}
