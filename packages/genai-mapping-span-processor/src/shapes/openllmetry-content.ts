import { isFields, jsonOf, parseJson } from './json.js';

/** The parts of which a content is the JSON; `undefined` when it is a text. */
export function listOfParts(content: unknown): readonly unknown[] | undefined {
  if (typeof content !== 'string' || !content.startsWith('[')) return undefined;
  const list = parseJson(content);
  return Array.isArray(list) && list.length > 0 && list.every(isPart) ? (list as readonly unknown[]) : undefined;
}

function isPart(part: unknown): boolean {
  return isFields(part) && typeof part['type'] === 'string';
}

/**
 * The content of a message as one attribute: its text, or its parts as JSON. A text that would be taken for such JSON becomes a
 * part, as do reasoning and refusals, which have no attribute of their own.
 *
 * @param message - as OpenAI's API has it
 * @returns `undefined` when it has none
 */
export function contentOf(message: Readonly<Record<string, unknown>>): string | undefined {
  const { role, content, refusal, reasoning_content: reasoning } = message;
  const isAmbiguous = listOfParts(content) !== undefined || (content === 'null' && role === 'assistant');
  if (typeof content === 'string' && refusal === undefined && reasoning === undefined && !isAmbiguous) return content;
  const list = Array.isArray(content) ? content : typeof content === 'string' ? [{ type: 'text', text: content }] : [];
  const parts: unknown[] = [
    ...(reasoning === undefined ? [] : [{ type: 'thinking', thinking: reasoning }]),
    ...(list as readonly unknown[]),
    ...(refusal === undefined ? [] : [{ type: 'refusal', refusal }]),
  ];
  return parts.length === 0 ? undefined : jsonOf(parts);
}
