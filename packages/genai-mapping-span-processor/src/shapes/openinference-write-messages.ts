import type { InputMessage } from '@genspan/semconv';
import type { FactWriter } from './fact-writer.js';
import { isFields, jsonOf } from './json.js';
import { structureIn, toText, writeContent } from './openinference-contents.js';
import { contentKeys, messageKeys } from './openinference-keys.js';
import type { MessageKeys } from './openinference-keys.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes messages, from index `first` on. Each tool result becomes a message of its own.
 *
 * @param prefix - `llm.input_messages.` or `llm.output_messages.`
 */
export function writeMessages(out: FactWriter, prefix: string, messages: readonly InputMessage[], first: number): void {
  let index = first;
  for (const message of messages as readonly unknown[]) {
    const parts = isFields(message) ? message['parts'] : undefined;
    if (!isFields(message) || !Array.isArray(parts)) {
      out.lose('it has messages that are none');
      continue;
    }
    const known = parts.filter(isFields);
    if (known.length < parts.length) out.lose('its messages have parts that are none');
    const isAlone = known.every(isToolResult) || !known.some(isToolResult);
    if (!isAlone) out.lose('a tool result beside other parts becomes a message of its own');
    let run: Fields[] = [];
    for (const part of known) {
      if (!isToolResult(part)) {
        run.push(part);
        continue;
      }
      if (run.length > 0) writeMessage(out, messageKeys(prefix, index++), message, run);
      run = [];
      writeToolResult(out, messageKeys(prefix, index++), message, part);
    }
    if (run.length > 0 || known.length === 0) writeMessage(out, messageKeys(prefix, index++), message, run);
  }
}

function writeMessage(out: FactWriter, keys: MessageKeys, message: Fields, parts: readonly Fields[]): void {
  const role = toText(message['role']);
  if (role === 'tool' || role === 'function') out.lose('what a tool says counts as its result');
  writeEnvelope(out, keys, message, role);
  const contentCount = parts.reduce((count, part) => (isToolCall(part) ? count : count + 1), 0);
  const only = parts[0];
  // Calls have a list of their own; where one stands before contents, its place is kept by an entry among them as well.
  const isOrdered = contentCount > 0 && !isToolCallsLast(parts);
  const isSimple = contentCount === 1 && !isOrdered && only !== undefined && isPlainText(only);
  if (isSimple && contentCount < parts.length && toText(only['content']) === '') {
    out.lose('an empty text beside tool calls counts as none');
  }
  let contents = 0;
  let calls = 0;
  for (const part of parts) {
    if (isToolCall(part)) {
      writeToolCall(out, `${keys.begin}tool_calls.${calls++}.tool_call.`, part);
      if (!isOrdered) continue;
      const content = contentKeys(keys, contents++);
      out.write(content.type, 'tool_use');
      writeToolCall(out, `${content.begin}tool_call.`, part);
    } else if (isSimple) out.write(keys.content, toText(part['content']));
    else writeContent(out, contentKeys(keys, contents++), part);
  }
}

function writeEnvelope(out: FactWriter, keys: MessageKeys, message: Fields, role: string): void {
  out.write(keys.role, role);
  if (typeof message['name'] === 'string') out.write(keys.name, message['name']);
}

function writeToolCall(out: FactWriter, at: string, part: Fields): void {
  for (const name in part) {
    const value = part[name];
    if (name === 'type' || value === undefined || value === null) continue;
    if (name === 'id') out.write(`${at}id`, toText(value));
    else if (name === 'name') out.write(`${at}function.name`, toText(value));
    else if (name === 'arguments') writeArguments(out, at, value);
    else if (name === 'reasoning_signature' && typeof value === 'string') out.write(at + name, value);
    else out.lose('its tool calls have fields that openinference has no place for');
  }
}

/** Arguments are JSON of an object, or what the model made that is none. */
function writeArguments(out: FactWriter, at: string, value: unknown): void {
  out.write(`${at}function.arguments`, toText(value));
  if (typeof value !== 'object' && (typeof value !== 'string' || structureIn(value) !== undefined)) {
    out.lose('arguments that are no object, or a text that is one, are read as the other');
  }
}

function writeToolResult(out: FactWriter, keys: MessageKeys, message: Fields, part: Fields): void {
  if (message['role'] !== 'tool') out.lose('the role of a message that holds a tool result becomes tool');
  writeEnvelope(out, keys, message, 'tool');
  if (part['id'] !== undefined && part['id'] !== null) out.write(keys.toolCallId, toText(part['id']));
  if (typeof part['response'] !== 'string') out.lose('the result of a tool becomes text');
  out.write(keys.content, typeof part['response'] === 'string' ? part['response'] : jsonOf(part['response']));
  for (const name in part) {
    if (name !== 'type' && name !== 'id' && name !== 'response' && part[name] !== undefined) {
      out.lose('its tool results have fields that openinference has no place for');
    }
  }
}

function isToolResult(part: Fields): boolean {
  return part['type'] === 'tool_call_response';
}

function isPlainText(part: Fields): boolean {
  if (part['type'] !== 'text' || typeof part['content'] !== 'string') return false;
  for (const name in part) if (name !== 'type' && name !== 'content') return false;
  return true;
}

function isToolCallsLast(parts: readonly Fields[]): boolean {
  for (let i = 1; i < parts.length; i++) {
    if (isToolCall(parts[i - 1]) && !isToolCall(parts[i])) return false;
  }
  return true;
}

function isToolCall(part: Fields | undefined): boolean {
  return part?.['type'] === 'tool_call';
}
