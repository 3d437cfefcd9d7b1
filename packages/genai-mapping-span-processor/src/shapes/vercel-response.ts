import { FINISH_REASONS } from '@genspan/semconv';
import type { FinishReason, MessagePart, OutputMessage } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { toFinishReason, toVercelFinishReason } from './finish-reasons.js';
import { isFields, jsonOf, structureOf } from './json.js';
import type { Problems } from './vercel-file-data.js';
import { partsOf } from './vercel-messages.js';
import { readVercelPart, writeVercelPart } from './vercel-part.js';

type Attributes = Readonly<Record<string, unknown>>;

const NOT_READABLE = 'it is no JSON of what the dialect has here';
const FINISH = 'ai.response.finishReason';

/** The reason of the GenAI conventions for an output message; others have no place there. */
export function finishReasonOf(reason: string | undefined): FinishReason | undefined {
  return FINISH_REASONS.find((named) => named === reason);
}

/**
 * Reads what came out and puts it into one message: reasoning, then text or object, then tool calls, then files. The Vercel AI
 * SDK asks for one choice always.
 */
export function readVercelResponse(attributes: Attributes, record: GenAIRecord, consume: (key: string) => void): void {
  const parts: MessagePart[] = [];
  const sources: string[] = [];
  const take = (key: string, read: (value: unknown) => readonly MessagePart[] | undefined): void => {
    const value = attributes[key];
    if (value === undefined) return;
    consume(key);
    const found = read(value);
    if (found === undefined) {
      record.lose(key, NOT_READABLE);
      return;
    }
    parts.push(...found);
    sources.push(key);
  };
  take('ai.response.reasoning', readTexts('reasoning'));
  take('ai.response.text', readTexts('text'));
  take('ai.response.object', readObject);
  take('ai.response.toolCalls', (value) => readList(value, 'tool-call', record, 'ai.response.toolCalls'));
  take('ai.response.files', (value) => readList(value, 'file', record, 'ai.response.files'));
  const word = attributes[FINISH];
  const reason = typeof word === 'string' ? toFinishReason(word) : undefined;
  if (reason !== undefined) {
    consume(FINISH);
    record.set('gen_ai.response.finish_reasons', [reason], FINISH);
  }
  if (sources.length === 0) return;
  const finish = finishReasonOf(reason);
  const message: OutputMessage = {
    role: 'assistant',
    parts,
    ...(finish === undefined ? {} : { finish_reason: finish }),
  };
  record.set('gen_ai.output.messages', [message], ...sources);
}

/** An empty text is written where there is none. */
function readTexts(type: 'text' | 'reasoning'): (value: unknown) => readonly MessagePart[] | undefined {
  return (value) => {
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!texts.every((text) => typeof text === 'string')) return undefined;
    return texts.filter((text) => text !== '').map((content) => ({ type, content }));
  };
}

function readObject(value: unknown): readonly MessagePart[] | undefined {
  if (typeof value === 'string') return [{ type: 'text', content: value }];
  return typeof value === 'object' && value !== null ? [{ type: 'text', content: jsonOf(value) }] : undefined;
}

/** A JSON list of tool calls or files; older versions give their entries no `type`. */
function readList(value: unknown, type: string, record: GenAIRecord, key: string): readonly MessagePart[] | undefined {
  const list = structureOf(value);
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((item) => {
    const part = readVercelPart(isFields(item) ? { ...item, type } : item, (reason) => record.lose(key, reason));
    return part === undefined ? [] : [part];
  });
}

/** Whether what came out is one text, as an object's JSON is. */
export function isOneText(messages: readonly OutputMessage[] | undefined): boolean {
  if (messages?.length !== 1) return false;
  const [part, ...others] = partsOf(messages[0]) ?? [];
  return others.length === 0 && isFields(part) && part['type'] === 'text';
}

/** Writes what came out: the first choice, by the kinds of its parts. */
export function writeVercelResponse(record: GenAIRecord, target: MappingTarget, isObject: boolean): void {
  writeFinishReason(record, target);
  const messages = record.get('gen_ai.output.messages');
  const message: unknown = messages?.[0];
  const parts = partsOf(message);
  if (!isFields(message) || parts === undefined) return;
  const fact = 'gen_ai.output.messages';
  const problems: Problems = (reason) => target.lose(fact, reason);
  if (messages !== undefined && messages.length > 1) problems('there is one choice here');
  if (message['role'] !== 'assistant') problems('what comes out is always of the assistant here');
  if (typeof message['name'] === 'string') problems('the name of who speaks has no place');
  const { finish_reason: reason } = message;
  const reasons = record.get(REASONS);
  if (reason !== undefined && reason !== null && reasons !== undefined && reason !== reasons[0]) {
    problems('its reason to stop is told otherwise');
  }
  const sorted = sortParts(parts, problems);
  if (sorted.reasoning.length > 0) target.write('ai.response.reasoning', sorted.reasoning.join('\n'), fact);
  const text = sorted.texts.join('');
  if (isObject) target.write('ai.response.object', text, fact);
  else target.write('ai.response.text', text, fact);
  const context = { toolNames: new Map<string, string>(), provider: record.get('gen_ai.provider.name') };
  const list = (some: readonly unknown[], tidy = (part: unknown): unknown => part): string =>
    jsonOf(some.map((part) => tidy(writeVercelPart(part, context, problems))));
  if (sorted.calls.length > 0) target.write('ai.response.toolCalls', list(sorted.calls, withoutType), fact);
  if (sorted.files.length > 0) target.write('ai.response.files', list(sorted.files), fact);
}

/** In a list of tool calls each is one. */
function withoutType(call: unknown): unknown {
  if (!isFields(call)) return call;
  const { type: _type, ...others } = call;
  return others;
}

const REASONS = 'gen_ai.response.finish_reasons';

function writeFinishReason(record: GenAIRecord, target: MappingTarget): void {
  const reasons = record.get(REASONS);
  const message: unknown = record.get('gen_ai.output.messages')?.[0];
  const reason = reasons?.[0] ?? (isFields(message) ? message['finish_reason'] : undefined);
  if (typeof reason !== 'string') return;
  target.write(FINISH, toVercelFinishReason(reason), REASONS);
  if (reasons !== undefined && reasons.length > 1) target.lose(REASONS, 'there is one choice here');
}

interface SortedParts {
  readonly reasoning: string[];
  readonly texts: string[];
  readonly calls: unknown[];
  readonly files: unknown[];
}

/** The parts by their kind, with a word about what that loses. */
function sortParts(parts: readonly unknown[], problems: Problems): SortedParts {
  const sorted: SortedParts = { reasoning: [], texts: [], calls: [], files: [] };
  let last = 0;
  for (const part of parts) {
    const kind = isFields(part) ? KINDS.get(part['type']) : undefined;
    if (!isFields(part) || kind === undefined) {
      problems('parts of a kind have no place in what comes out');
      continue;
    }
    if (kind < last) problems('the order of parts has no place');
    last = Math.max(last, kind);
    if (kind >= 2) (kind === 2 ? sorted.calls : sorted.files).push(part);
    else if (typeof part['content'] === 'string') {
      if (part['content'] === '') problems('an empty text counts as none');
      (kind === 0 ? sorted.reasoning : sorted.texts).push(part['content']);
    }
  }
  if (sorted.texts.length > 1 || sorted.reasoning.length > 1) problems('several texts become one');
  return sorted;
}

const KINDS: ReadonlyMap<unknown, number> = new Map([
  ['reasoning', 0],
  ['text', 1],
  ['tool_call', 2],
  ['server_tool_call', 2],
  ['blob', 3],
  ['uri', 3],
  ['file', 3],
]);
