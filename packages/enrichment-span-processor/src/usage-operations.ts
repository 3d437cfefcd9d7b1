import { SpanKind } from '@opentelemetry/api';
import {
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
  GEN_AI_OPERATION_NAME_VALUE_PLAN,
  GENSPAN_OPERATION_NAME_VALUE_IMAGE_EDIT,
  GENSPAN_OPERATION_NAME_VALUE_IMAGE_VARIATION,
  GENSPAN_OPERATION_NAME_VALUE_SPEECH,
  GENSPAN_OPERATION_NAME_VALUE_TRANSCRIPTION,
  GENSPAN_OPERATION_NAME_VALUE_TRANSLATION,
} from '@genspan/semconv';

/** Operations around model calls: what they report is what the calls inside reported already. */
const AROUND_MODEL_CALLS: ReadonlySet<unknown> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
  GEN_AI_OPERATION_NAME_VALUE_PLAN,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  // Not of the conventions: one round of an agent of the Vercel AI SDK.
  'agent_step',
]);

/** Operations whose tokens are mostly not text, in either direction. */
const OF_MEDIA: ReadonlySet<unknown> = new Set([
  GENSPAN_OPERATION_NAME_VALUE_IMAGE_EDIT,
  GENSPAN_OPERATION_NAME_VALUE_IMAGE_VARIATION,
  GENSPAN_OPERATION_NAME_VALUE_SPEECH,
  GENSPAN_OPERATION_NAME_VALUE_TRANSCRIPTION,
  GENSPAN_OPERATION_NAME_VALUE_TRANSLATION,
]);

const CLIENT = SpanKind.CLIENT;

/** Whether an operation only encloses calls that have spans of their own. An agent elsewhere (kind CLIENT) does not. */
export function isAroundModelCalls(operation: unknown, kind: SpanKind): boolean {
  return kind !== CLIENT && AROUND_MODEL_CALLS.has(operation);
}

/** Whether the tokens of an operation are likely those of images or audio. */
export function isOfMedia(operation: unknown): boolean {
  return OF_MEDIA.has(operation);
}
