import type { InputMessage, MessagePart } from '@genspan/semconv';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields, jsonOf } from './json.js';
import { readContent, structureIn, toText } from './openinference-contents.js';

type Fields = Readonly<Record<string, unknown>>;

const CONTENT = ['type', 'text', 'id', 'signature', 'data', 'encrypted_content'];
const CALL = ['id', 'function.name', 'function.arguments', 'reasoning_signature'];

/** What is understood below a message; indices left out. @see OpenInference, "Common Flattened Attribute Patterns" */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...['role', 'content', 'name', 'tool_call_id', 'function_call_name', 'function_call_arguments_json'],
  ...CALL.map((name) => `tool_calls.tool_call.${name}`),
  ...CALL.map((name) => `contents.tool_call.${name}`),
  ...CONTENT.map((name) => `contents.message_content.${name}`),
  ...['url', 'mime_type', 'transcript'].map((name) => `contents.message_content.audio.audio.${name}`),
  'contents.message_content.image.image.url',
  'contents.message_content.video.video.url',
]);

/**
 * Reads messages. Results of tools that follow each other are one message, as they answer calls that were made together.
 *
 * @param prefix - `llm.input_messages.` or `llm.output_messages.`
 * @param defaultRole - of messages that name none
 * @param consume - told of each key that was understood
 * @returns `undefined` when there is none
 */
export function readMessages(
  attributes: Readonly<Record<string, unknown>>,
  prefix: string,
  defaultRole: string,
  consume: (key: string) => void,
): InputMessage[] | undefined {
  const understands = (key: string): boolean => UNDERSTOOD.has(pathWithoutIndices(key, prefix.length));
  const nested = nestAttributes(attributes, prefix, consume, understands);
  const messages: InputMessage[] = [];
  for (const entry of entriesOf(nested)) {
    const fields = isFields(entry) ? entry['message'] : undefined;
    if (!isFields(fields)) continue;
    const message = readMessage(fields, defaultRole);
    const last = messages.at(-1);
    if (last !== undefined && message.role === 'tool' && last.role === 'tool' && last.name === message.name) {
      messages[messages.length - 1] = { ...last, parts: [...last.parts, ...message.parts] };
    } else messages.push(message);
  }
  return messages.length > 0 ? messages : undefined;
}

function readMessage(fields: Fields, defaultRole: string): InputMessage {
  const said = toText(fields['role']);
  const role = said === '' ? defaultRole : said;
  const { name, tool_call_id: id, function_call_name: functionName } = fields;
  const isResult = role === 'tool' || role === 'function' || id !== undefined;
  const origin = isResult && functionName !== undefined ? functionName : name;
  const parts = isResult ? [readToolResult(fields)] : readParts(fields);
  return { role, parts, ...(origin === undefined ? {} : { name: toText(origin) }) };
}

function readToolResult(fields: Fields): MessagePart {
  const { tool_call_id: id, content, contents } = fields;
  const response = content ?? (contents === undefined ? '' : entriesOf(contents).map(readContent).filter(isPart));
  return { type: 'tool_call_response', ...(id === undefined ? {} : { id: toText(id) }), response };
}

function readParts(fields: Fields): MessagePart[] {
  const { content, contents, tool_calls: toolCalls, function_call_name: functionName } = fields;
  const parts: MessagePart[] = [];
  for (const entry of entriesOf(contents)) {
    const part = (isFields(entry) ? readToolCall(entry['tool_call']) : undefined) ?? readContent(entry);
    if (part !== undefined) parts.push(part);
  }
  // `content` and `contents` say the same in two ways; some writers write both.
  if (content !== undefined && content !== '' && !parts.some(({ type }) => type === 'text')) {
    parts.unshift({ type: 'text', content: toText(content) });
  }
  const ordered = parts.filter(({ type }) => type === 'tool_call').map((part) => jsonOf(part));
  for (const entry of entriesOf(toolCalls)) {
    const call = isFields(entry) ? readToolCall(entry['tool_call']) : undefined;
    if (call === undefined) continue;
    const seen = ordered.length === 0 ? -1 : ordered.indexOf(jsonOf(call));
    if (seen === -1) parts.push(call);
    else ordered.splice(seen, 1);
  }
  if (functionName !== undefined) {
    const call = { function: { name: functionName, arguments: fields['function_call_arguments_json'] } };
    parts.push(readToolCall(call) ?? { type: 'tool_call', name: toText(functionName) });
  }
  if (parts.length === 0 && content === '') parts.push({ type: 'text', content });
  return parts;
}

function readToolCall(call: unknown): MessagePart | undefined {
  if (!isFields(call)) return undefined;
  const { id, function: called, reasoning_signature: signature } = call;
  const { name, arguments: args } = isFields(called) ? called : NOTHING;
  return {
    type: 'tool_call',
    ...(id === undefined ? {} : { id: toText(id) }),
    // A call is nothing without a name, and some writers leave it out.
    name: toText(name) || 'unknown',
    ...(args === undefined ? {} : { arguments: structureIn(args) ?? args }),
    ...(typeof signature === 'string' ? { reasoning_signature: signature } : {}),
  };
}

function isPart(part: MessagePart | undefined): part is MessagePart {
  return part !== undefined;
}

/** What a key says below a message: `0.message.contents.1.message_content.text` → `contents.message_content.text`. */
function pathWithoutIndices(key: string, from: number): string {
  let path = '';
  let begin = from;
  for (let end = from; end <= key.length; end++) {
    if (end < key.length && key.charCodeAt(end) !== 46) continue;
    const code = key.charCodeAt(begin);
    const isIndex = code >= 48 && code <= 57;
    if (!isIndex) path = path === '' ? key.slice(begin, end) : `${path}.${key.slice(begin, end)}`;
    begin = end + 1;
  }
  return path.startsWith('message.') ? path.slice(8) : '';
}

const NOTHING: Fields = Object.freeze({});
