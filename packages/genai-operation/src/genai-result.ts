import type { Attributes } from '@opentelemetry/api';
import type { OutputMessage, SystemInstruction, ToolDefinition } from '@genspan/semconv';
import type { TokenUsage } from './token-usage.js';

/** What came back, in the words of the GenAI conventions. Every part may be missing: only what was seen is recorded. */
export interface GenAIResult {
  /** `gen_ai.response.id`. */
  readonly responseId?: string | undefined;
  /** `gen_ai.response.model`. */
  readonly responseModel?: string | undefined;
  /** `gen_ai.response.finish_reasons`, one per choice in order. */
  readonly finishReasons?: readonly string[] | undefined;
  /** What the provider reported. Never an estimate. */
  readonly usage?: TokenUsage | undefined;
  /** Further response attributes; none of them content. Owned by the recorder from here on. */
  readonly attributes?: Attributes | undefined;
  /** Low-cardinality attributes that go on the metrics as well as on the span. */
  readonly metricAttributes?: Attributes | undefined;
  /** Builds the content; called at most once, and only when content is captured. */
  readonly content?: (() => ResponseContent) | undefined;
}

/** What the model answered. */
export interface ResponseContent {
  readonly outputMessages?: readonly OutputMessage[] | undefined;
  /** Only where the response repeats them and the request did not have them, as when a stored response is fetched. */
  readonly systemInstructions?: readonly SystemInstruction[] | undefined;
  /** As `systemInstructions`. */
  readonly toolDefinitions?: readonly ToolDefinition[] | undefined;
}

/** Why an operation failed. */
export interface GenAIFailure {
  /** `error.type`: a provider's error code, the name of the exception or another low-cardinality word. */
  readonly errorType: string;
  /** Says what happened without a word of content. Status description when content is not captured. */
  readonly description: string;
  /** What was thrown. Its message and stack are recorded only where content is captured. */
  readonly exception?: unknown;
}

/**
 * How the caller took the response, where it did not take all of it: `broken_off` (stopped reading a stream),
 * `aborted` (cancelled the call), `unread` (never looked at the response), `raw` (took the raw HTTP response).
 */
export type ResponseOutcome = 'broken_off' | 'aborted' | 'unread' | 'raw';
