import { CONTENT_CAPTURE_WORDS, parseContentCapture, type ContentCapture } from '@genspan/genai-operation';
import type { Span } from '@opentelemetry/api';
import type { InstrumentationConfig } from '@opentelemetry/instrumentation';
import { environmentDefaults } from './environment.js';

/** What can be set on one observed client as well as on the instrumentation. */
export interface ObservationOptions {
  /**
   * Where prompts, completions, instructions, tool definitions and error messages are recorded. `true` is `span_only`,
   * `false` is `none`; the upper-case words of other languages are understood too.
   *
   * @defaultValue `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`, else `none`
   */
  captureMessageContent?: boolean | ContentCapture | Uppercase<ContentCapture> | 'NO_CONTENT';
  /**
   * Ask for usage on streamed chat completions and completions that do not ask for it themselves, by adding
   * `stream_options.include_usage` to a copy of the parameters. The extra chunk that this makes the API send is not
   * handed to the caller. Leave it off for servers that refuse the parameter.
   *
   * @defaultValue false
   */
  requestStreamUsage?: boolean;
  /**
   * Also record the metric names of the conventions 1.41 (`gen_ai.client.token.usage` and others).
   *
   * @defaultValue true when `OTEL_SEMCONV_STABILITY_OPT_IN` contains `gen_ai/dup`
   */
  legacyMetrics?: boolean;
  /**
   * Emit the event `gen_ai.client.inference.operation.details` for each inference call, and
   * `gen_ai.client.operation.exception` for each failed one.
   *
   * @defaultValue true unless `OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT` is `false`
   */
  emitEvents?: boolean;
  /** Called after a span has started, with the first argument of the call. What it throws is counted, not thrown. */
  requestHook?: (span: Span, params: unknown) => void;
  /**
   * Called before the span ends with what the caller gets: the parsed response, or the stream, unread. Do not read or
   * change it. What the hook throws is counted, not thrown.
   */
  responseHook?: (span: Span, result: unknown) => void;
}

/** Options of {@link OpenAIInstrumentation}. */
export interface OpenAIInstrumentationConfig extends InstrumentationConfig, ObservationOptions {}

/** Options with every default taken. */
export interface ResolvedOptions {
  readonly captureMessageContent: ContentCapture;
  readonly requestStreamUsage: boolean;
  readonly legacyMetrics: boolean;
  readonly emitEvents: boolean;
  readonly requestHook: ObservationOptions['requestHook'];
  readonly responseHook: ObservationOptions['responseHook'];
}

const FLAGS = ['requestStreamUsage', 'legacyMetrics', 'emitEvents', 'enabled'] as const;
const HOOKS = ['requestHook', 'responseHook'] as const;
const KNOWN: ReadonlySet<string> = new Set([...FLAGS, ...HOOKS, 'captureMessageContent']);

/**
 * Takes the defaults.
 *
 * @throws TypeError on an unknown option or a value of the wrong kind
 */
export function resolveOptions(options: OpenAIInstrumentationConfig): ResolvedOptions {
  const given = options as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given)) {
    if (!KNOWN.has(name)) throw new TypeError(`Unknown option \`${name}\`; expected one of ${[...KNOWN].join(', ')}`);
  }
  for (const name of FLAGS) expectType(name, given[name], 'boolean');
  for (const name of HOOKS) expectType(name, given[name], 'function');
  const defaults = environmentDefaults();
  return {
    captureMessageContent: resolveCapture(given['captureMessageContent']) ?? defaults.captureMessageContent,
    requestStreamUsage: options.requestStreamUsage ?? false,
    legacyMetrics: options.legacyMetrics ?? defaults.legacyMetrics,
    emitEvents: options.emitEvents ?? defaults.emitEvents,
    requestHook: options.requestHook,
    responseHook: options.responseHook,
  };
}

function resolveCapture(value: unknown): ContentCapture | undefined {
  if (value === undefined) return undefined;
  const capture = parseContentCapture(value);
  if (capture === undefined) {
    const got = typeof value === 'string' ? `\`${value.slice(0, 40)}\`` : typeof value;
    throw new TypeError(`Expected \`captureMessageContent\` to be ${CONTENT_CAPTURE_WORDS}, got ${got}`);
  }
  return capture;
}

function expectType(name: string, value: unknown, type: 'boolean' | 'function'): void {
  if (value !== undefined && typeof value !== type) {
    throw new TypeError(`Expected \`${name}\` to be a ${type}, got ${value === null ? 'null' : typeof value}`);
  }
}
