/**
 * Types of the structured GenAI attributes, with the field names of the wire format.
 *
 * @see OpenTelemetry GenAI conventions, JSON schemas of the input and output messages, system instructions and tool definitions
 */

/** Modalities that the conventions name; a part may carry another word. */
export const MODALITIES = ['image', 'video', 'audio', 'document'] as const;
/** General kind of attached data. */
export type Modality = (typeof MODALITIES)[number] | (string & {});

/** Reasons to stop that the conventions name. Note `tool_call`, not `tool_calls`. */
export const FINISH_REASONS = ['stop', 'length', 'content_filter', 'tool_call', 'compaction', 'error'] as const;
/** Why a choice ended. */
export type FinishReason = (typeof FINISH_REASONS)[number];

/** Who wrote a message. A provider's own role, such as `developer`, is kept. */
export type Role = 'system' | 'user' | 'assistant' | 'tool' | (string & {});

/** Text sent to or received from the model. */
export interface TextPart {
  readonly type: 'text';
  readonly content: string;
}

/** A tool call that the model asks the client to make. */
export interface ToolCallPart {
  readonly type: 'tool_call';
  readonly id?: string | null;
  readonly name: string;
  /** Best an object; the model's raw string when it is not valid JSON. */
  readonly arguments?: unknown;
}

/** What the client's tool answered. */
export interface ToolCallResponsePart {
  readonly type: 'tool_call_response';
  readonly id?: string | null;
  /** Any JSON value. The field is `response`; readers do not look at `result`. */
  readonly response: unknown;
}

/** A tool call that the provider makes itself, such as a web search. */
export interface ServerToolCallPart {
  readonly type: 'server_tool_call';
  readonly id?: string | null;
  readonly name: string;
  /** Details in the provider's own shape, told apart by `type`. */
  readonly server_tool_call: { readonly type: string; readonly [field: string]: unknown };
}

/** What the provider's own tool answered. */
export interface ServerToolCallResponsePart {
  readonly type: 'server_tool_call_response';
  readonly id?: string | null;
  /** Details in the provider's own shape, told apart by `type`. */
  readonly server_tool_call_response: { readonly type: string; readonly [field: string]: unknown };
}

/** Data sent inline. */
export interface BlobPart {
  readonly type: 'blob';
  readonly modality: Modality;
  readonly mime_type?: string | null;
  /** Base64 of the bytes, without a `data:` prefix. */
  readonly content: string;
}

/** Data that was uploaded to the provider before. */
export interface FilePart {
  readonly type: 'file';
  readonly modality: Modality;
  readonly mime_type?: string | null;
  readonly file_id: string;
}

/** Data that the provider fetches. */
export interface UriPart {
  readonly type: 'uri';
  readonly modality: Modality;
  readonly mime_type?: string | null;
  /** Never a `data:` URL: that is a `BlobPart`. */
  readonly uri: string;
}

/** Reasoning of the model, as far as the provider shows it. */
export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly content: string;
}

/** Earlier turns of the conversation, replaced by a summary. */
export interface CompactionPart {
  readonly type: 'compaction';
  readonly id?: string | null;
  readonly content?: string | null;
}

/** A part of a type that the conventions do not name. */
export interface GenericPart {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A part whose shape the conventions fix, told apart by `type`. */
export type KnownMessagePart =
  | TextPart
  | ToolCallPart
  | ToolCallResponsePart
  | ServerToolCallPart
  | ServerToolCallResponsePart
  | BlobPart
  | FilePart
  | UriPart
  | ReasoningPart
  | CompactionPart;

/** One part of a message. */
export type MessagePart = KnownMessagePart | GenericPart;

/** One message of `gen_ai.input.messages`. */
export interface InputMessage {
  readonly role: Role;
  readonly parts: readonly MessagePart[];
  readonly name?: string | null;
}

/** One message of `gen_ai.output.messages`: one choice of the response. */
export interface OutputMessage {
  readonly role: Role;
  readonly parts: readonly MessagePart[];
  readonly name?: string | null;
  /** Required by the schemas 1.37–1.41, optional now; `gen_ai.response.finish_reasons` says the same. Worth writing for older readers. */
  readonly finish_reason?: FinishReason | null;
}

/** One entry of `gen_ai.system_instructions`: text only. */
export type SystemInstruction = TextPart;

/** One entry of `gen_ai.tool.definitions`. */
export type ToolDefinition = FunctionToolDefinition | GenericToolDefinition;

/** A function that the model may call. `name` stands at the top level, not inside `function`. */
export interface FunctionToolDefinition {
  readonly type: 'function';
  readonly name: string;
  readonly description?: string | null;
  /** JSON Schema (draft-07) of the arguments. */
  readonly parameters?: Readonly<Record<string, unknown>> | boolean | null;
}

/** A tool of another kind, such as one that the provider runs. */
export interface GenericToolDefinition {
  readonly type: string;
  readonly name: string;
  readonly [field: string]: unknown;
}
