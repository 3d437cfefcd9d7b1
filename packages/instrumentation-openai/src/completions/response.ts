import type { OperationEnd } from '@genspan/genai-operation';
import type { OutputMessage } from '@genspan/semconv';
import { serviceAttributes } from '../chat/response.js';
import { chatUsage } from '../chat/usage.js';
import { messageFinishReason } from '../finish-reason.js';
import { fields, list, text } from '../untyped.js';

/** Translates a completion. With `echo`, the prompt is part of what the API answered, and is recorded as such. */
export function completionResponse(value: unknown): OperationEnd {
  const completion = fields(value);
  const choices = list(completion['choices']);
  return {
    result: {
      responseId: text(completion['id']),
      responseModel: text(completion['model']),
      finishReasons: choices.map((choice) => text(fields(choice)['finish_reason']) ?? 'error'),
      usage: chatUsage(completion['usage']),
      metricAttributes: serviceAttributes(completion),
      content: () => ({ outputMessages: choices.map(outputMessage) }),
    },
  };
}

function outputMessage(value: unknown): OutputMessage {
  const choice = fields(value);
  const reason = text(choice['finish_reason']);
  const content = text(choice['text']);
  return {
    role: 'assistant',
    parts: content ? [{ type: 'text', content }] : [],
    finish_reason: reason === undefined ? 'error' : messageFinishReason(reason),
  };
}
