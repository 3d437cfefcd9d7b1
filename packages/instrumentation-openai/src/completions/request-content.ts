import { ATTR_GEN_AI_REQUEST_STOP_SEQUENCES } from '@genspan/semconv';
import type { InputMessage, MessagePart } from '@genspan/semconv';
import type { RequestContent } from '@genspan/genai-operation';
import { stopSequences } from '../chat/request-content.js';
import { list, text, type Fields } from '../untyped.js';

/** What a completion sends to the model: each prompt is a message of its own, as each is answered on its own. */
export function completionRequestContent(params: Fields): RequestContent {
  const stop = stopSequences(params['stop']);
  const suffix = text(params['suffix']);
  return {
    inputMessages: prompts(params['prompt']).map((prompt) => inputMessage(prompt, suffix)),
    attributes: stop.length === 0 ? undefined : { [ATTR_GEN_AI_REQUEST_STOP_SEQUENCES]: stop },
  };
}

/** A prompt is text or a list of token ids; the API takes one or several of either. */
function prompts(prompt: unknown): readonly unknown[] {
  if (typeof prompt === 'string' || isTokenIds(prompt)) return [prompt];
  return list(prompt).filter((one) => typeof one === 'string' || isTokenIds(one));
}

function isTokenIds(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && typeof value[0] === 'number';
}

function inputMessage(prompt: unknown, suffix: string | undefined): InputMessage {
  // Ids are no text, and only the model's tokenizer could make them one: their number is all that is said.
  const part: MessagePart =
    typeof prompt === 'string'
      ? { type: 'text', content: prompt }
      : { type: 'token_ids', token_count: list(prompt).length };
  const parts = suffix === undefined ? [part] : [part, { type: 'suffix', content: suffix }];
  return { role: 'user', parts };
}
