import type { Attributes } from '@opentelemetry/api';
import type { RequestContent } from '@genspan/genai-operation';
import { ATTR_GEN_AI_PROMPT_VARIABLE } from '@genspan/semconv';
import type { InputMessage, SystemInstruction } from '@genspan/semconv';
import { fields, list, text, type Fields } from '../untyped.js';
import { itemContent } from './item-content.js';
import { itemParts, itemRole, itemType } from './item-parts.js';
import { toolDefinitions } from './tool-definitions.js';

/** What a request for a response sends to the model. */
export function responseRequestContent(params: Fields): RequestContent {
  return {
    systemInstructions: systemInstructions(params['instructions']),
    inputMessages: inputMessages(params['input']),
    toolDefinitions: toolDefinitions(params['tools']),
    attributes: promptVariables(fields(params['prompt'])['variables']),
  };
}

/** Instructions are a string; a stored response may repeat them as items, of which the conventions take the text. */
export function systemInstructions(instructions: unknown): SystemInstruction[] {
  if (typeof instructions === 'string') return [{ type: 'text', content: instructions }];
  return list(instructions).flatMap((item) => itemContent(fields(item)['content']).filter(isText));
}

function isText(part: { readonly type: string; readonly content?: unknown }): part is SystemInstruction {
  return part.type === 'text' && typeof part.content === 'string';
}

/** One message per item, in order. Reasoning that is encrypted only shows nothing, and is left out. */
function inputMessages(input: unknown): InputMessage[] {
  if (typeof input === 'string') return [{ role: 'user', parts: [{ type: 'text', content: input }] }];
  return list(input).flatMap((item) => {
    const parts = itemParts(item);
    return parts.length === 0 && itemType(fields(item)) === 'reasoning' ? [] : [{ role: itemRole(item), parts }];
  });
}

function promptVariables(variables: unknown): Attributes | undefined {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(fields(variables))) {
    const variable = text(value) ?? JSON.stringify(value);
    if (variable !== undefined) attributes[ATTR_GEN_AI_PROMPT_VARIABLE(key)] = variable;
  }
  return Object.keys(attributes).length === 0 ? undefined : attributes;
}
