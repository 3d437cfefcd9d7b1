import { anyListType, booleanType, synonymType } from '../variable-type.js';
import { variable } from '../variable.js';

/** Where prompts and completions are recorded. */
export type ContentCaptureMode = 'none' | 'span_only' | 'event_only' | 'span_and_event';

/** What is recorded of GenAI calls. */
export const GENAI_VARIABLES = {
  captureMessageContent: variable({
    name: 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT',
    type: synonymType<ContentCaptureMode>({
      false: 'none',
      none: 'none',
      no_content: 'none',
      true: 'span_only',
      span_only: 'span_only',
      event_only: 'event_only',
      span_and_event: 'span_and_event',
    }),
    default: 'none',
    description:
      'Whether, and where, prompts and completions are recorded. Anything else than a known word means not at all.',
  }),
  emitEvents: variable({
    name: 'OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT',
    type: booleanType,
    default: true,
    description: 'Whether calls are also recorded as log events.',
  }),
  semconvStabilityOptIn: variable({
    name: 'OTEL_SEMCONV_STABILITY_OPT_IN',
    type: anyListType,
    default: [],
    description:
      '`gen_ai/dup` adds the metrics under their names of conventions 1.41; other words are for other instrumentations.',
  }),
  requestStreamUsage: variable({
    name: 'OTEL_GENSPAN_OPENAI_REQUEST_STREAM_USAGE',
    type: booleanType,
    default: false,
    description: 'Asks the API for the token usage of streamed chats and hides the extra chunk from the application.',
  }),
};
