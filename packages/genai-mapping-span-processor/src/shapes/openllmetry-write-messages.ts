import type { FactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { toOpenAIFinishReason } from './finish-reasons.js';
import { isFields, jsonOf } from './json.js';
import { writeOpenAIChoices } from './openai-choices.js';
import { fieldsOf } from './openai-content.js';
import { writeOpenAIMessages } from './openai-messages.js';
import { contentOf } from './openllmetry-content.js';

type Fields = Readonly<Record<string, unknown>>;

const INPUT = 'gen_ai.input.messages';
const OUTPUT = 'gen_ai.output.messages';
const SYSTEM = 'gen_ai.system_instructions';
const REASONS = 'gen_ai.response.finish_reasons';
const TOOLS = 'gen_ai.tool.definitions';
/** Role of a completion that is the reasoning of the next one. */
const THINKING = 'thinking';

/** Writes messages, choices and tools flattened, an attribute for each text. */
export function writeFlattened(record: GenAIRecord, target: MappingTarget): void {
  writePrompts(record, target);
  writeCompletions(record, target);
  const tools: readonly unknown[] = record.get(TOOLS) ?? [];
  tools.forEach((tool, index) => {
    if (isFields(tool) && tool['type'] === 'function') writeFunction(tool, `llm.request.functions.${index}.`, target);
    else target.lose(TOOLS, 'only functions have a place');
  });
}

function writePrompts(record: GenAIRecord, target: MappingTarget): void {
  const system: readonly unknown[] = record.get(SYSTEM) ?? [];
  let index = 0;
  for (const instruction of system) {
    const { content } = fieldsOf(instruction);
    if (typeof content !== 'string') continue;
    writeMessage({ role: 'system', content }, `gen_ai.prompt.${index++}.`, SYSTEM, target);
  }
  if (index > 0)
    for (const fact of [SYSTEM, INPUT] as const) target.lose(fact, 'instructions are the first messages here');
  const problems = (reason: string): void => target.lose(INPUT, reason);
  for (const message of writeOpenAIMessages(record.get(INPUT) ?? [], problems)) {
    writeMessage(fieldsOf(message), `gen_ai.prompt.${index++}.`, INPUT, target);
  }
}

function writeCompletions(record: GenAIRecord, target: MappingTarget): void {
  const reasons = record.get(REASONS);
  const problems = (reason: string): void => target.lose(OUTPUT, reason);
  const choices = writeOpenAIChoices(record.get(OUTPUT) ?? [], problems, reasons);
  if (reasons !== undefined && reasons.length < choices.length) {
    target.lose(REASONS, 'a choice without one counts as ended by an error');
  }
  let index = 0;
  for (const choice of choices) {
    const { message, finish_reason: reason } = fieldsOf(choice);
    const { reasoning_content: thinking, ...others } = fieldsOf(message);
    if (typeof thinking === 'string') {
      writeMessage({ role: THINKING, content: thinking }, `gen_ai.completion.${index++}.`, OUTPUT, target);
    }
    if (others['role'] === THINKING) target.lose(OUTPUT, 'a role counts as reasoning of the next message here');
    const at = `gen_ai.completion.${index++}.`;
    writeMessage(others, at, OUTPUT, target);
    if (typeof reason === 'string') target.write(`${at}finish_reason`, reason, REASONS);
  }
  // Content may not have been captured.
  for (const reason of (reasons ?? []).slice(choices.length)) {
    target.write(`gen_ai.completion.${index++}.finish_reason`, toOpenAIFinishReason(reason), REASONS);
  }
}

function writeMessage(message: Fields, at: string, fact: FactName, target: MappingTarget): void {
  const { role, name, tool_call_id: id, tool_calls: calls } = message;
  if (typeof role === 'string') target.write(`${at}role`, role, fact);
  const content = contentOf(message);
  if (content !== undefined) target.write(`${at}content`, content, fact);
  if (typeof name === 'string') target.lose(fact, 'the name of who speaks has no place');
  if (typeof id === 'string') target.write(`${at}tool_call_id`, id, fact);
  if (!Array.isArray(calls)) return;
  calls.forEach((call: unknown, index) => {
    const { id: callId, function: called } = fieldsOf(call);
    const { name: tool, arguments: input } = fieldsOf(called);
    const prefix = `${at}tool_calls.${index}.`;
    if (typeof callId === 'string') target.write(`${prefix}id`, callId, fact);
    if (typeof tool === 'string') target.write(`${prefix}name`, tool, fact);
    if (typeof input === 'string' && input !== '') target.write(`${prefix}arguments`, input, fact);
  });
}

function writeFunction(tool: Fields, at: string, target: MappingTarget): void {
  const { type: _type, name, description, parameters, ...others } = tool;
  if (typeof name === 'string') target.write(`${at}name`, name, TOOLS);
  if (typeof description === 'string') target.write(`${at}description`, description, TOOLS);
  if (isFields(parameters)) target.write(`${at}arguments`, jsonOf(parameters), TOOLS);
  else if (typeof parameters === 'boolean') target.lose(TOOLS, 'a schema that is none has no place');
  if (Object.keys(others).length > 0)
    target.lose(TOOLS, 'only name, description and parameters of a tool have a place');
}
