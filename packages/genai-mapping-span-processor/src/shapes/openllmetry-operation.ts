import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { jsonOf, isFields } from './json.js';
import { parsedOr } from './parsed-or.js';

type Attributes = Readonly<Record<string, unknown>>;
type Consume = (key: string) => void;

const TYPE = 'llm.request.type';
const MEDIA_TYPE = 'gen_ai.request.type';
const KIND = 'traceloop.span.kind';
const NAME = 'traceloop.entity.name';
const VERSION = 'traceloop.entity.version';
const INPUT = 'traceloop.entity.input';
const OUTPUT = 'traceloop.entity.output';
const OPERATION = 'gen_ai.operation.name';

/** Values of `llm.request.type`; `unknown` says nothing. */
const TYPES: ReadonlyMap<unknown, string> = new Map([
  ['chat', 'chat'],
  ['completion', 'text_completion'],
  ['embedding', 'embeddings'],
  ['rerank', 'rerank'],
]);

/** Values of `traceloop.span.kind`; `unknown` says nothing. */
const KINDS: ReadonlyMap<unknown, string> = new Map([
  ['workflow', 'invoke_workflow'],
  ['agent', 'invoke_agent'],
  ['tool', 'execute_tool'],
  ['task', 'task'],
]);

/** What the name of an entity is, by the operation. */
const NAMED = {
  invoke_workflow: 'gen_ai.workflow.name',
  invoke_agent: 'gen_ai.agent.name',
  execute_tool: 'gen_ai.tool.name',
} as const;

/** Reads what kind of operation a span is: a call of a model, or a part of the application that was marked as one. */
export function readOpenLLMetryOperation(attributes: Attributes, record: GenAIRecord, consume: Consume): void {
  for (const [key, operations] of [
    [TYPE, TYPES],
    [KIND, KINDS],
  ] as const) {
    const value = attributes[key];
    const operation = operations.get(value);
    if (value === 'unknown') consume(key);
    if (operation === undefined) continue;
    consume(key);
    record.set(OPERATION, operation, key);
  }
  readImages(attributes, record, consume);
  readEntity(attributes, KINDS.get(attributes[KIND]), record, consume);
}

/** Images have operations of their own, which the conventions do not tell apart. */
function readImages(attributes: Attributes, record: GenAIRecord, consume: Consume): void {
  const type = attributes[MEDIA_TYPE];
  if (typeof type !== 'string' || !type.startsWith('image_')) return;
  consume(MEDIA_TYPE);
  record.set(OPERATION, 'generate_content', MEDIA_TYPE);
  record.set('gen_ai.output.type', 'image', MEDIA_TYPE);
}

function readEntity(attributes: Attributes, kind: string | undefined, record: GenAIRecord, consume: Consume): void {
  const { [NAME]: name, [VERSION]: version, [INPUT]: input, [OUTPUT]: output } = attributes;
  const fact = NAMED[kind as keyof typeof NAMED] as (typeof NAMED)[keyof typeof NAMED] | undefined;
  if (fact !== undefined && typeof name === 'string') {
    consume(NAME);
    record.set(fact, name, NAME);
  }
  if (kind === 'invoke_agent' && (typeof version === 'string' || typeof version === 'number')) {
    consume(VERSION);
    record.set('gen_ai.agent.version', String(version), VERSION);
  }
  if (input !== undefined) {
    consume(INPUT);
    if (kind === 'execute_tool') record.set('gen_ai.tool.call.arguments', readInput(input), INPUT);
    else record.set('gen_ai.input.messages', [asMessage('user', readInput(input))], INPUT);
  }
  if (output !== undefined) {
    consume(OUTPUT);
    if (kind === 'execute_tool') record.set('gen_ai.tool.call.result', parsedOr(output), OUTPUT);
    else record.set('gen_ai.output.messages', [asMessage('assistant', parsedOr(output))], OUTPUT);
  }
}

/** What a function was called with: `{ args, kwargs }`, of which one is empty as a rule. */
function readInput(value: unknown): unknown {
  const parsed = parsedOr(value);
  if (!isFields(parsed) || !Array.isArray(parsed['args']) || !isFields(parsed['kwargs'])) return parsed;
  const { args, kwargs } = parsed as { args: unknown[]; kwargs: Attributes };
  if (args.length === 0) return kwargs;
  return args.length === 1 && Object.keys(kwargs).length === 0 ? args[0] : parsed;
}

/** What went into a part of the application or came out of it, which are no messages. */
function asMessage(role: string, value: unknown): { role: string; parts: { type: 'text'; content: string }[] } {
  return { role, parts: [{ type: 'text', content: typeof value === 'string' ? value : jsonOf(value) }] };
}

/** Writes the kind of operation, and what belongs to it. */
export function writeOpenLLMetryOperation(record: GenAIRecord, target: MappingTarget): void {
  const operation = record.get(OPERATION);
  for (const [key, operations] of [
    [TYPE, TYPES],
    [KIND, KINDS],
  ] as const) {
    for (const [word, meant] of operations) {
      if (meant === operation && typeof word === 'string') target.write(key, word, OPERATION);
    }
  }
  const fact = NAMED[operation as keyof typeof NAMED] as (typeof NAMED)[keyof typeof NAMED] | undefined;
  const name = fact === undefined ? undefined : record.get(fact);
  if (fact !== undefined && name !== undefined) target.write(NAME, name, fact);
  const version = record.get('gen_ai.agent.version');
  if (operation === 'invoke_agent' && version !== undefined) target.write(VERSION, version, 'gen_ai.agent.version');
  if (operation !== 'execute_tool') return;
  const input = record.get('gen_ai.tool.call.arguments');
  if (input !== undefined) target.write(INPUT, jsonOf(writeInput(input)), 'gen_ai.tool.call.arguments');
  const output = record.get('gen_ai.tool.call.result');
  if (output !== undefined) target.write(OUTPUT, jsonOf(output), 'gen_ai.tool.call.result');
}

function writeInput(value: unknown): unknown {
  return isFields(value) ? { args: [], kwargs: value } : { args: [value], kwargs: {} };
}
