/**
 * Where prompts, completions, instructions and tool definitions are recorded.
 *
 * `none` records no content anywhere; `span_only` writes it to span attributes as JSON strings; `event_only` writes it
 * to the `gen_ai.client.inference.operation.details` event as structured values; `span_and_event` does both.
 */
export type ContentCapture = 'none' | 'span_only' | 'event_only' | 'span_and_event';

/**
 * The three vocabularies in use for `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`, lower-cased: a boolean (the
 * JavaScript instrumentations), `none|span_only|…` (the JavaScript GenAI utilities) and `NO_CONTENT|SPAN_ONLY|…` (Python).
 */
const WORDS: Readonly<Record<string, ContentCapture>> = {
  true: 'span_only',
  false: 'none',
  none: 'none',
  no_content: 'none',
  span_only: 'span_only',
  event_only: 'event_only',
  span_and_event: 'span_and_event',
};

/** The accepted words, for messages about a bad setting. */
export const CONTENT_CAPTURE_WORDS = 'true, false, none, no_content, span_only, event_only or span_and_event';

/**
 * Turns a setting into a {@link ContentCapture}; letter case does not matter.
 *
 * @returns `undefined` when the value is none of the words: the caller decides what to do, and should record no content
 */
export function parseContentCapture(value: unknown): ContentCapture | undefined {
  if (typeof value === 'boolean') return value ? 'span_only' : 'none';
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}

/** Whether content goes to span attributes. */
export function capturesOnSpan(capture: ContentCapture): boolean {
  return capture === 'span_only' || capture === 'span_and_event';
}

/** Whether content goes to the details event. */
export function capturesOnEvent(capture: ContentCapture): boolean {
  return capture === 'event_only' || capture === 'span_and_event';
}
