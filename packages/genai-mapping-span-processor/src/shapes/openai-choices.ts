import { FINISH_REASONS } from '@genspan/semconv';
import type { FinishReason, OutputMessage } from '@genspan/semconv';
import { toFinishReason, toOpenAIFinishReason } from './finish-reasons.js';
import { isFields } from './json.js';
import { fieldsOf, filled, hasOnly } from './openai-content.js';
import type { Fields, Problems } from './openai-content.js';
import { isOpenAIItem } from './openai-items.js';
import { isMessage, readMessage, readParts, writeParts } from './openai-messages.js';

/**
 * Reads what a model answered: the choices of a chat completion in the order of their `index`, the output items of a response
 * (all of them are one message), messages, or a text.
 *
 * @param value - such a list, the object that has it as `choices` or `output`, one message or a text
 * @param problems - told of what is left behind
 * @returns `undefined` when it is nothing of that kind
 */
export function readOpenAIChoices(value: unknown, problems: Problems): OutputMessage[] | undefined {
  if (typeof value === 'string') return [{ role: 'assistant', parts: [{ type: 'text', content: value }] }];
  if (isFields(value)) {
    if (isChoice(value)) return [readChoice(value, problems)];
    if (isMessage(value)) return readAnswer([value], problems);
    const list = value['choices'] ?? value['output'];
    return Array.isArray(list) ? readOpenAIChoices(list, problems) : undefined;
  }
  if (!Array.isArray(value) || value.length === 0 || value.includes(undefined)) return undefined;
  if (value.every(isChoice)) return inOrder(value).map((choice) => readChoice(choice, problems));
  if (!value.some(isMessage)) return undefined;
  const messages = value.filter(isMessage);
  if (messages.length < value.length) problems('what stands between messages and is none has no place');
  return readAnswer(messages, problems);
}

/**
 * Why the choices ended, in their order and in the words of the conventions; `error` where the reason never came.
 *
 * @param value - as of {@link readOpenAIChoices}
 * @returns `undefined` when none has a reason
 */
export function readOpenAIFinishReasons(value: unknown): string[] | undefined {
  if (isFields(value) && Array.isArray(value['output'])) return responseReason(value);
  const list = isFields(value) ? (Array.isArray(value['choices']) ? value['choices'] : [value]) : value;
  if (!Array.isArray(list) || list.includes(undefined) || !list.every(isFields)) return undefined;
  const reasons = inOrder(list).map(reasonOf);
  return reasons.some((reason) => reason !== undefined) ? reasons.map((reason) => reason ?? 'error') : undefined;
}

/**
 * Writes messages as the choices of a chat completion.
 *
 * @param reasons - why each ended, in the words of the conventions
 */
export function writeOpenAIChoices(
  messages: readonly OutputMessage[],
  problems: Problems,
  reasons: readonly string[] = [],
): unknown[] {
  return (messages as readonly unknown[]).flatMap((value, index) => {
    const message = fieldsOf(value);
    const { role, name, parts } = message;
    if (!Array.isArray(parts)) {
      problems('what stands between messages and is none has no place');
      return [];
    }
    if (!hasOnly(message, MESSAGE)) problems('a message has fields that have no place');
    const reason = reasons[index] ?? message['finish_reason'];
    const written = { role, ...writeParts(parts, problems), ...(typeof name === 'string' ? { name } : undefined) };
    return [
      {
        index,
        message: written,
        ...(typeof reason === 'string' ? { finish_reason: toOpenAIFinishReason(reason) } : {}),
      },
    ];
  });
}

const MESSAGE: ReadonlySet<string> = new Set(['role', 'parts', 'name', 'finish_reason']);

function isChoice(value: unknown): value is Fields {
  if (!isFields(value) || typeof value['role'] === 'string') return false;
  return (
    isFields(value['message']) || isFields(value['delta']) || ('index' in value && typeof value['text'] === 'string')
  );
}

function readChoice(choice: Fields, problems: Problems): OutputMessage {
  const text = choice['text'];
  const message = fieldsOf(choice['message'] ?? choice['delta']);
  const parts = typeof text === 'string' ? [{ type: 'text', content: text }] : readParts(message, problems);
  const name = typeof message['name'] === 'string' ? { name: message['name'] } : undefined;
  return { role: filled(message['role']) ?? 'assistant', parts, ...name, ...knownReason(reasonOf(choice)) };
}

/** Items of a response are one message, whatever their number; messages are one each. */
function readAnswer(messages: readonly Fields[], problems: Problems): OutputMessage[] {
  const read = messages.flatMap((message) =>
    readMessage(message, 'assistant', problems).map((output) => ({ ...output, ...knownReason(reasonOf(message)) })),
  );
  if (!messages.some((message) => isOpenAIItem(message) || message['type'] === 'message')) return read;
  const reason = read.findLast(({ finish_reason: known }) => known !== undefined)?.finish_reason;
  return [{ role: 'assistant', parts: read.flatMap(({ parts }) => parts), ...knownReason(reason) }];
}

function reasonOf(choice: Fields): string | undefined {
  const reason = filled(choice['finish_reason']) ?? filled(choice['stop_reason']);
  return reason === undefined ? undefined : toFinishReason(reason);
}

/** A response has no word of its own for why it ended. */
function responseReason({ status, output, incomplete_details: details }: Fields): string[] | undefined {
  if (status === 'failed' || status === 'cancelled') return ['error'];
  if (status === 'incomplete') return [toFinishReason(filled(fieldsOf(details)['reason']) ?? 'error')];
  if (status !== 'completed') return undefined;
  const items = (output as readonly unknown[]).map((item) => fieldsOf(item)['type']);
  return [items.includes('function_call') || items.includes('custom_tool_call') ? 'tool_call' : 'stop'];
}

/** In a message only the words of the conventions have a place. */
function knownReason(reason: string | undefined): { finish_reason?: FinishReason } {
  return isFinishReason(reason) ? { finish_reason: reason } : {};
}

function isFinishReason(reason: string | undefined): reason is FinishReason {
  return (FINISH_REASONS as readonly (string | undefined)[]).includes(reason);
}

/** By `index`, where all have one; else as they came. */
function inOrder(choices: readonly Fields[]): readonly Fields[] {
  if (!choices.every(({ index }) => typeof index === 'number')) return choices;
  return [...choices].sort((a, b) => (a['index'] as number) - (b['index'] as number));
}
