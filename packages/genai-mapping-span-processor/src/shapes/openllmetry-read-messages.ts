import type { MessagePart, OutputMessage } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import { toFinishReason } from './finish-reasons.js';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields } from './json.js';
import { readOpenAIChoices } from './openai-choices.js';
import { readOpenAIMessages } from './openai-messages.js';
import { readOpenAITools } from './openai-tools.js';
import { listOfParts } from './openllmetry-content.js';
import { structureOf } from './json.js';

type Fields = Readonly<Record<string, unknown>>;
type Consume = (key: string) => void;
type Problems = (reason: string) => void;

const PROMPT = 'gen_ai.prompt.';
const COMPLETION = 'gen_ai.completion.';
const FUNCTIONS = 'llm.request.functions.';
/** Attributes that the SDK keeps of a span unless told otherwise. */
const ATTRIBUTE_COUNT_LIMIT = 128;

/** Reads flattened messages, choices and tools. */
export function readFlattened(attributes: Fields, record: GenAIRecord, consume: Consume): void {
  const prompts = entries(attributes, PROMPT, record, consume);
  if (prompts !== undefined) {
    const problems: Problems = (reason) => record.lose(prompts.source, reason);
    const messages = prompts.values.flatMap((entry) => readOpenAIMessages([toOpenAI(entry, 'user')], problems) ?? []);
    record.set('gen_ai.input.messages', messages, ...prompts.keys);
  }
  const completions = entries(attributes, COMPLETION, record, consume);
  if (completions !== undefined) readCompletions(completions, record);
  const functions = entries(attributes, FUNCTIONS, record, consume);
  if (functions === undefined) return;
  const tools = functions.values.map(({ name, description, arguments: schema, parameters = schema }) => {
    return { name, description, parameters: structureOf(parameters) };
  });
  const definitions = readOpenAITools(tools, (reason) => record.lose(functions.source, reason));
  if (definitions !== undefined) record.set('gen_ai.tool.definitions', definitions, ...functions.keys);
}

interface Entries {
  readonly values: readonly Fields[];
  readonly keys: readonly string[];
  /** What losses are told of. */
  readonly source: string;
}

/** What is below `prefix` by its index, gaps closed up; `undefined` when there is nothing. */
function entries(attributes: Fields, prefix: string, record: GenAIRecord, consume: Consume): Entries | undefined {
  let own: Record<string, unknown> | undefined;
  const indices = new Set<string>();
  for (const key in attributes) {
    if (!key.startsWith(prefix)) continue;
    const index = key.slice(prefix.length, key.indexOf('.', prefix.length));
    // The conventions have attributes of their own below one of the prefixes: `gen_ai.prompt.name`.
    if (!isIndex(index) || key.indexOf('.', prefix.length) === -1) continue;
    (own ??= Object.create(null) as Record<string, unknown>)[key] = attributes[key];
    indices.add(index);
  }
  if (own === undefined) return undefined;
  const keys: string[] = [];
  const nested = nestAttributes(own, prefix, (key) => {
    consume(key);
    keys.push(key);
  });
  const source = prefix.slice(0, -1);
  const last = Math.max(...[...indices].map(Number));
  if (last + 1 > indices.size) record.lose(source, 'an entry is missing between others');
  if (Object.keys(attributes).length >= ATTRIBUTE_COUNT_LIMIT) {
    record.lose(source, 'the span has as many attributes as it may have, so that entries may be missing');
  }
  return { values: entriesOf(nested).filter(isFields), keys, source };
}

function isIndex(text: string): boolean {
  return text.length > 0 && text.length <= 15 && !/[^0-9]/.test(text);
}

/** A message as OpenAI's API has it. Its content is a text, or the JSON of a list of parts. */
function toOpenAI(entry: Fields, defaultRole: string): Fields {
  const { role, content, tool_calls: calls, ...others } = entry;
  const isNothing = content === undefined || (content === 'null' && role === 'assistant');
  return {
    ...others,
    role: typeof role === 'string' && role !== '' ? role : defaultRole,
    content: isNothing ? null : (listOfParts(content) ?? content),
    ...(calls === undefined ? {} : { tool_calls: entriesOf(calls) }),
  };
}

/** Reasoning is a completion of its own, of the role `thinking`, before the one that it belongs to. */
function readCompletions({ values, keys, source }: Entries, record: GenAIRecord): void {
  const problems: Problems = (reason) => record.lose(source, reason);
  const messages: OutputMessage[] = [];
  const reasons: (string | undefined)[] = [];
  let thinking: MessagePart[] = [];
  let early: unknown;
  values.forEach((entry, index) => {
    const { finish_reason: reason, ...message } = entry;
    if (message['role'] === 'thinking' && index + 1 < values.length) {
      if (typeof message['content'] === 'string') thinking.push({ type: 'reasoning', content: message['content'] });
      early = reason ?? early;
      return;
    }
    const word = reason ?? early;
    reasons.push(typeof word === 'string' ? toFinishReason(word) : undefined);
    if (Object.keys(message).length > 0 || thinking.length > 0) {
      const choice = { message: toOpenAI(message, 'assistant'), finish_reason: word };
      for (const read of readOpenAIChoices([choice], problems) ?? []) {
        messages.push({ ...read, parts: [...thinking, ...read.parts] });
      }
    }
    thinking = [];
    early = undefined;
  });
  const sources = (isReason: boolean): string[] => keys.filter((key) => key.endsWith('.finish_reason') === isReason);
  if (reasons.some((reason) => reason !== undefined)) {
    record.set(
      'gen_ai.response.finish_reasons',
      reasons.map((reason) => reason ?? 'error'),
      ...sources(true),
    );
  }
  if (messages.length > 0) record.set('gen_ai.output.messages', messages, ...sources(false));
}
