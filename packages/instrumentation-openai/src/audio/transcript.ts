import type { FinishReason } from '@genspan/semconv';
import type { OperationEnd } from '@genspan/genai-operation';
import { mediaUsage } from '../media-usage.js';
import { fields, text } from '../untyped.js';

/**
 * Translates a transcript: an object with `text`, or for the formats `text`, `srt` and `vtt` a string.
 *
 * @param finishReason - the API names none
 */
export function transcript(value: unknown, finishReason: FinishReason = 'stop'): OperationEnd {
  const response = fields(value);
  const content = text(value) ?? text(response['text']);
  return {
    result: {
      usage: mediaUsage(response['usage']),
      content: () => ({
        outputMessages:
          content === undefined
            ? []
            : [{ role: 'assistant', parts: [{ type: 'text', content }], finish_reason: finishReason }],
      }),
    },
  };
}
