import type { ConfigurationModel } from '@genspan/configuration';
import { OpenAIInstrumentation } from '@genspan/instrumentation-openai';
import type { OpenAIInstrumentationConfig } from '@genspan/instrumentation-openai';
import { loadAutoInstrumentations } from './auto-instrumentations.js';
import { modulesOf } from './instrumentation-like.js';
import type { InstrumentationLike } from './instrumentation-like.js';
import type { ImportedModules } from './module-hooks.js';

/** Name of our instrumentation in `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and `OTEL_NODE_DISABLED_INSTRUMENTATIONS`. */
const OPENAI = 'openai';

/** All instrumentations of a process. */
export interface Instrumentations {
  /** Ours; `undefined` when it is switched off. */
  readonly openai: OpenAIInstrumentation | undefined;
  readonly all: readonly InstrumentationLike[];
  /** What they have to see imported. */
  readonly imported: readonly ImportedModules[];
}

/** What {@link createInstrumentations} needs. */
export interface InstrumentationsContext {
  readonly model: ConfigurationModel;
  /** Options of our instrumentation over those of the model. */
  readonly openai: OpenAIInstrumentationConfig;
  /** Instrumentations that the caller of `start()` made. */
  readonly added: readonly InstrumentationLike[];
}

/**
 * Makes our instrumentation and loads those that the application installed.
 *
 * @throws TypeError when an option in `openai` is wrong.
 */
export function createInstrumentations({ model, openai: overrides, added }: InstrumentationsContext): Instrumentations {
  const openai = runs(OPENAI, model) ? new OpenAIInstrumentation({ ...optionsOf(model), ...overrides }) : undefined;
  const ours = [...(openai === undefined ? [] : [openai]), ...added];
  const auto = loadAutoInstrumentations();
  const instrumentationOpenAI = require.resolve('@genspan/instrumentation-openai');
  return {
    openai,
    all: [...ours, ...(auto?.instrumentations ?? [])],
    imported: [
      { from: instrumentationOpenAI, include: ours.flatMap(modulesOf) },
      ...(auto === undefined ? [] : [{ from: auto.path, include: auto.instrumentations.flatMap(modulesOf) }]),
    ],
  };
}

function runs(name: string, { instrumentations: { enabled, disabled } }: ConfigurationModel): boolean {
  return (enabled.length === 0 || enabled.includes(name)) && !disabled.includes(name);
}

function optionsOf({ genai }: ConfigurationModel): OpenAIInstrumentationConfig {
  return {
    captureMessageContent: genai.captureMessageContent,
    requestStreamUsage: genai.requestStreamUsage,
    emitEvents: genai.emitEvents,
    legacyMetrics: genai.semconvStabilityOptIn.includes('gen_ai/dup'),
  };
}
