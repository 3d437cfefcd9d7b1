import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import { sameValue } from '../same-value.js';
import { toFinishReason } from './finish-reasons.js';
import { readInputMessages, readOutputMessages, readSystemInstructions } from './genai-messages.js';
import { readToolDefinitions } from './genai-structures.js';
import { isFields } from './json.js';
import { readStructures } from './structured-attributes.js';
import { partsOf } from './vercel-messages.js';
import { readVercelTool } from './vercel-tools.js';
import { modalityOf } from './vercel-file-data.js';

type Fields = Readonly<Record<string, unknown>>;
type Consume = (key: string) => void;

const OPERATION = 'gen_ai.operation.name';
const PROVIDER = 'gen_ai.provider.name';
const REASONS = 'gen_ai.response.finish_reasons';
const SYSTEM = 'gen_ai.system_instructions';
const INPUT = 'gen_ai.input.messages';
const OUTPUT = 'gen_ai.output.messages';
const TOOLS = 'gen_ai.tool.definitions';
const FIRST_CHUNK = 'gen_ai.client.operation.time_to_first_chunk';

/** Operations that only this form has: a step wraps the call of the model, and its tools. */
const STEP = 'agent_step';
const OWN_OPERATIONS: ReadonlySet<unknown> = new Set([STEP, 'rerank', 'decide']);
/** Scope of its tracer. */
const SCOPE = 'gen_ai';

/** Whether a span is in the GenAI form that version 7 writes. */
export function isLaterVercel({ attributes, scopeName }: MappingSource): boolean {
  const operation = attributes[OPERATION];
  if (operation === undefined || attributes['ai.operationId'] !== undefined) return false;
  return (
    scopeName === SCOPE ||
    OWN_OPERATIONS.has(operation) ||
    attributes['ai.usage.inputTokenDetails.noCacheTokens'] !== undefined ||
    attributes['ai.response.providerMetadata'] !== undefined
  );
}

/** Reads what that form has otherwise than the GenAI conventions, and mends it. The rest is read as the conventions are. */
export function readLaterVercel({ attributes }: MappingSource, record: GenAIRecord, consume: Consume): void {
  const take = (key: string): unknown => {
    const value = attributes[key];
    if (value !== undefined) consume(key);
    return value;
  };
  const operation = take(OPERATION);
  if (typeof operation === 'string') record.set(OPERATION, operation === STEP ? 'task' : operation, OPERATION);
  const provider = take(PROVIDER);
  // Its package for Azure talks to Azure OpenAI.
  if (typeof provider === 'string') {
    record.set(PROVIDER, provider === 'azure.ai.inference' ? 'azure.ai.openai' : provider, PROVIDER);
  }
  const firstChunk = take(FIRST_CHUNK);
  if (typeof firstChunk === 'number' && Number.isFinite(firstChunk)) {
    record.set('gen_ai.response.time_to_first_chunk', firstChunk, FIRST_CHUNK);
  }
  const reasons = readReasons(take(REASONS));
  if (reasons !== undefined) record.set(REASONS, reasons, REASONS);
  const lose = (key: string) => (reason: string) => record.lose(key, reason);
  const system = take(SYSTEM);
  if (system !== undefined) {
    record.setStructure(SYSTEM, system, (value) => readSystemInstructions(value, lose(SYSTEM)), SYSTEM);
  }
  const input = take(INPUT);
  if (input !== undefined) {
    const decode = (value: unknown) => readInputMessages(withoutSystem(mendMessages(value), record), lose(INPUT));
    record.setStructure(INPUT, input, decode, INPUT);
  }
  const output = take(OUTPUT);
  if (output !== undefined) {
    const decode = (value: unknown) => readOutputMessages(mendReason(mendMessages(value), reasons), lose(OUTPUT));
    record.setStructure(OUTPUT, output, decode, OUTPUT);
  }
  const tools = take(TOOLS);
  if (tools !== undefined) {
    record.setStructure(TOOLS, tools, (value) => readToolDefinitions(mendTools(value), lose(TOOLS)), TOOLS);
  }
  for (const fact of [INPUT, OUTPUT, TOOLS] as const) record.overrule(fact);
  readStructures(attributes, record, consume);
}

function readReasons(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || !value.every((reason) => typeof reason === 'string')) return undefined;
  return value.map((reason: string) => toFinishReason(reason));
}

/** The schema of a function's parameters goes by another name there. */
function mendTools(tools: unknown): unknown {
  if (!Array.isArray(tools)) return tools;
  return tools.map((tool: unknown) => readVercelTool(tool) ?? tool);
}

/** Without system messages at the beginning that the instructions say already. */
function withoutSystem(messages: unknown, record: GenAIRecord): unknown {
  if (!Array.isArray(messages)) return messages;
  const list = messages as readonly unknown[];
  let at = 0;
  for (; isSystem(list[at]); at++) {
    const system = record.get(SYSTEM) ?? [];
    const isSaid = partsOf(list[at])?.every((part) => system.some((instruction) => sameValue(instruction, part)));
    if (isSaid !== true) break;
  }
  return at === 0 ? list : list.slice(at);
}

function isSystem(message: unknown): boolean {
  return isFields(message) && message['role'] === 'system';
}

/** A document is called an image there, and a type that is not known null. What is right stays the same object. */
function mendMessages(messages: unknown): unknown {
  if (!Array.isArray(messages)) return messages;
  const mended = (messages as readonly unknown[]).map((message) => {
    const parts = partsOf(message);
    const better = parts?.map(mendPart);
    return better === undefined || better.every((part, index) => part === parts?.[index])
      ? message
      : { ...(message as Fields), parts: better };
  });
  return mended.every((message, index) => message === messages[index]) ? messages : mended;
}

function mendPart(part: unknown): unknown {
  if (!isFields(part) || (part['type'] !== 'blob' && part['type'] !== 'uri')) return part;
  const { mime_type: type, ...others } = part;
  if (type === null) return others;
  if (typeof type !== 'string' || part['modality'] !== 'image') return part;
  const modality = modalityOf(type);
  return modality === 'image' ? part : { ...part, modality };
}

/** A stop for reasons unknown is called a success there. */
function mendReason(messages: unknown, reasons: readonly string[] | undefined): unknown {
  const reason = reasons?.[0];
  if (!Array.isArray(messages) || (reason !== 'other' && reason !== 'unknown')) return messages;
  return messages.map((message: unknown) => {
    if (!isFields(message)) return message;
    const { finish_reason: _reason, ...others } = message;
    return others;
  });
}
