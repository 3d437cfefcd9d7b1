import type { FinishReason } from '@genspan/semconv';

const REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool_call',
  function_call: 'tool_call',
  error: 'error',
};

/**
 * The conventions' word for a finish reason of the API, for the messages: their schema has a closed list. A reason that
 * is not on it is `stop`; the attribute `gen_ai.response.finish_reasons` keeps the API's own words.
 */
export function messageFinishReason(reason: string): FinishReason {
  return Object.hasOwn(REASONS, reason) ? (REASONS[reason] ?? 'stop') : 'stop';
}
