import type { InputMessage, SystemInstruction } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, jsonOf, structureOf } from './json.js';
import type { Problems } from './vercel-file-data.js';
import { readVercelMessages, writeVercelMessages } from './vercel-messages.js';

type Attributes = Readonly<Record<string, unknown>>;

const NOT_READABLE = 'it is no JSON of a prompt';

/** Reads what goes in: `ai.prompt` of an agent's span, `ai.prompt.messages` of a model call's. */
export function readVercelPrompt(attributes: Attributes, record: GenAIRecord, consume: (key: string) => void): void {
  readMessages(attributes['ai.prompt.messages'], 'ai.prompt.messages', record, consume);
  readPrompt(attributes['ai.prompt'], record, consume);
}

function readMessages(value: unknown, key: string, record: GenAIRecord, consume: (key: string) => void): void {
  if (value === undefined) return;
  consume(key);
  const messages = readVercelMessages(structureOf(value), (reason) => record.lose(key, reason));
  if (messages === undefined) record.lose(key, NOT_READABLE);
  else record.set('gen_ai.input.messages', messages, key);
}

/** `{ system, prompt, messages }`, of which `prompt` is a text or again messages. */
function readPrompt(value: unknown, record: GenAIRecord, consume: (key: string) => void): void {
  if (value === undefined) return;
  const key = 'ai.prompt';
  consume(key);
  const prompt = structureOf(value);
  if (!isFields(prompt)) {
    record.lose(key, NOT_READABLE);
    return;
  }
  const problems: Problems = (reason) => record.lose(key, reason);
  const system = readSystem(prompt['system']);
  if (system !== undefined) record.set('gen_ai.system_instructions', system, key);
  const text = prompt['prompt'];
  const messages: InputMessage[] =
    typeof text === 'string'
      ? [{ role: 'user', parts: [{ type: 'text', content: text }] }]
      : (readVercelMessages(text, problems) ?? []);
  messages.push(...(readVercelMessages(prompt['messages'], problems) ?? []));
  if (messages.length > 0 || Array.isArray(prompt['messages'])) record.set('gen_ai.input.messages', messages, key);
  else if (system === undefined) record.lose(key, NOT_READABLE);
}

/** A text, a system message, or several. */
function readSystem(system: unknown): SystemInstruction[] | undefined {
  const items: readonly unknown[] = Array.isArray(system) ? system : [system];
  const texts = items.flatMap((item): SystemInstruction[] => {
    const content = isFields(item) ? item['content'] : item;
    return typeof content === 'string' ? [{ type: 'text', content }] : [];
  });
  return texts.length > 0 ? texts : undefined;
}

/** Writes what goes in, as a model call's span has it or as an agent's. */
export function writeVercelPrompt(record: GenAIRecord, target: MappingTarget, isAgent: boolean): void {
  const system = record.get('gen_ai.system_instructions');
  const input = record.get('gen_ai.input.messages');
  if (system === undefined && input === undefined) return;
  const problems: Problems = (reason) => target.lose('gen_ai.input.messages', reason);
  const messages = writeVercelMessages(input ?? [], record.get('gen_ai.provider.name'), problems);
  const facts = [
    ...(system === undefined ? [] : (['gen_ai.system_instructions'] as const)),
    ...(input === undefined ? [] : (['gen_ai.input.messages'] as const)),
  ];
  const instructions = (system ?? []).map(({ content }) => ({ role: 'system', content }));
  if (!isAgent) {
    if (system !== undefined) {
      for (const fact of facts) target.lose(fact, 'instructions are the first messages here');
    }
    target.write('ai.prompt.messages', jsonOf([...instructions, ...messages]), ...facts);
    return;
  }
  const only = instructions.length === 1 ? instructions[0]?.content : instructions;
  const prompt = { ...(system === undefined ? {} : { system: only }), ...(input === undefined ? {} : { messages }) };
  target.write('ai.prompt', jsonOf(prompt), ...facts);
}
