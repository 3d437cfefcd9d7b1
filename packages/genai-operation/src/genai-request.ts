import type { Attributes } from '@opentelemetry/api';
import type { InputMessage, SystemInstruction, ToolDefinition } from '@genspan/semconv';

/**
 * Which family of metrics an operation belongs to: `inference` for calls that generate (`chat`, `text_completion`,
 * `generate_content`), `other` for embeddings, images, files and the rest.
 */
export type OperationKind = 'inference' | 'other';

/** What a client asks for, in the words of the GenAI conventions. */
export interface GenAIRequest {
  readonly kind: OperationKind;
  /** `gen_ai.operation.name`. */
  readonly operationName: string;
  /** `gen_ai.provider.name`. */
  readonly providerName: string;
  /** `gen_ai.request.model`. */
  readonly requestModel?: string | undefined;
  /** Name of the span. @defaultValue `{operationName} {requestModel}`, or the operation alone without a model */
  readonly spanName?: string | undefined;
  /** `server.address`, a host name or address. */
  readonly serverAddress?: string | undefined;
  /** `server.port`. Recorded with an address only. */
  readonly serverPort?: number | undefined;
  /** Whether the response is asked for as a stream. @defaultValue false */
  readonly streaming?: boolean | undefined;
  /** Further request attributes; none of them content. Owned by the recorder from here on. */
  readonly attributes?: Attributes | undefined;
  /** Builds the content; called at most once, and only when content is captured. */
  readonly content?: (() => RequestContent) | undefined;
}

/** What was sent to the model. */
export interface RequestContent {
  readonly systemInstructions?: readonly SystemInstruction[] | undefined;
  readonly inputMessages?: readonly InputMessage[] | undefined;
  readonly toolDefinitions?: readonly ToolDefinition[] | undefined;
  /** Content that is not messages, such as stop sequences and prompt variables. */
  readonly attributes?: Attributes | undefined;
}
