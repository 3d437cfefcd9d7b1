import type { OutputMessage } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { FactWriter } from './fact-writer.js';
import { jsonOf } from './json.js';
import { writeEvaluations } from './openinference-evaluations.js';
import { toOpenInferenceKind } from './openinference-kinds.js';
import { writeRunTool, writeTools } from './openinference-tools.js';
import { writeContentsOfKind } from './openinference-write-contents.js';
import { toOpenInferenceProvider } from './provider-names.js';
import { writeRequestParameters } from './request-parameters.js';

/** Writes what of OpenInference is more than an attribute for a fact. */
export function writeOpenInference(record: GenAIRecord, target: MappingTarget): void {
  const kind = writeKind(record, target);
  if (kind === undefined) return;
  if (record.get('session.id') !== undefined && record.has('gen_ai.conversation.id')) loseOtherSession(record, target);
  if (kind !== 'EMBEDDING') writeProvider(record, target);
  writeModel(record, target, kind);
  writeParameters(record, target, kind);
  writeTotal(record, target);
  writeFinishReason(record, target);
  writeSimple(record, target);
  const tools = record.get('gen_ai.tool.definitions');
  const [tool] = tools ?? [];
  if (kind === 'TOOL' && tools?.length === 1 && tool !== undefined) {
    writeRunTool(new FactWriter(target, 'gen_ai.tool.definitions'), tool);
  } else if (tools !== undefined) writeTools(new FactWriter(target, 'gen_ai.tool.definitions'), tools);
  writeContentsOfKind(record, target, kind);
}

/** @returns the kind; `undefined` when there is nothing to say */
function writeKind(record: GenAIRecord, target: MappingTarget): string | undefined {
  const operation = record.get('gen_ai.operation.name');
  if (operation === undefined) {
    const kind = inferKind(record);
    if (kind !== undefined) target.write('openinference.span.kind', kind);
    return kind;
  }
  const { kind, exact } = toOpenInferenceKind(operation);
  target.write('openinference.span.kind', kind, 'gen_ai.operation.name');
  const isWorkflow = operation === 'invoke_workflow' && target.source.isLocalRoot === true;
  if (!exact && !isWorkflow) {
    target.lose('gen_ai.operation.name', 'openinference knows kinds of spans only, and this operation shares its kind');
  }
  return kind;
}

/** The kind of a span that says no operation. Every span must have one. */
function inferKind(record: GenAIRecord): string | undefined {
  if (record.has('gen_ai.tool.name') || record.has('gen_ai.tool.call.id')) return 'TOOL';
  if (record.has('gen_ai.request.model') || record.has('gen_ai.response.model')) return 'LLM';
  if (record.has('gen_ai.input.messages') || record.has('gen_ai.output.messages')) return 'LLM';
  if (record.has('gen_ai.agent.name') || record.has('gen_ai.agent.id')) return 'AGENT';
  for (const name of record.names()) if (name.startsWith('gen_ai.')) return 'CHAIN';
  return undefined;
}

function loseOtherSession(record: GenAIRecord, target: MappingTarget): void {
  if (record.get('session.id') === record.get('gen_ai.conversation.id')) return;
  target.lose(
    'gen_ai.conversation.id',
    'openinference has one name for session and conversation, and the session has it',
  );
}

function writeProvider(record: GenAIRecord, target: MappingTarget): void {
  const name = record.get('gen_ai.provider.name');
  if (name === undefined) return;
  const { provider, system } = toOpenInferenceProvider(name);
  if (provider !== undefined) target.write('llm.provider', provider, 'gen_ai.provider.name');
  if (system !== undefined) target.write('llm.system', system, 'gen_ai.provider.name');
}

/** The request's model is among the parameters as well, which is where readers look for it. */
function writeModel(record: GenAIRecord, target: MappingTarget, kind: string): void {
  const requested = record.get('gen_ai.request.model');
  const responded = record.get('gen_ai.response.model');
  const model = responded ?? requested;
  if (model === undefined) return;
  const fact = responded === undefined ? 'gen_ai.request.model' : 'gen_ai.response.model';
  if (kind === 'EMBEDDING' || kind === 'RERANKER') {
    target.write(kind === 'EMBEDDING' ? 'embedding.model_name' : 'reranker.model_name', model, fact);
    if (responded !== undefined && (requested === undefined || requested === responded)) {
      target.lose('gen_ai.response.model', 'openinference has one name for the model on spans of this kind');
    }
    return;
  }
  target.write('llm.model_name', model, fact);
  // The one name alone would read as the request's.
  if (responded !== undefined) target.write('llm.response.model_name', responded, 'gen_ai.response.model');
  if (requested === undefined || responded === undefined || requested === responded) return;
  target.write('llm.request.model_name', requested, 'gen_ai.request.model');
}

function writeParameters(record: GenAIRecord, target: MappingTarget, kind: string): void {
  const { values, facts } = writeRequestParameters(record);
  const count = record.get('gen_ai.output.messages')?.length ?? 0;
  // Several messages are several choices only where the request says so; else they read as pieces of one.
  if (kind === 'LLM' && count > 1 && !record.has('gen_ai.request.choice.count')) values['n'] = count;
  if (Object.keys(values).length === 0) return;
  target.write(`${kind === 'EMBEDDING' ? 'embedding' : 'llm'}.invocation_parameters`, jsonOf(values), ...facts);
}

function writeTotal(record: GenAIRecord, target: MappingTarget): void {
  const input = record.get('gen_ai.usage.input_tokens');
  const output = record.get('gen_ai.usage.output_tokens');
  if (input === undefined || output === undefined) return;
  target.write('llm.token_count.total', input + output, 'gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens');
}

function writeFinishReason(record: GenAIRecord, target: MappingTarget): void {
  const reasons = record.get('gen_ai.response.finish_reasons');
  const messages: readonly (OutputMessage | null | undefined)[] = record.get('gen_ai.output.messages') ?? [];
  const own = messages.map((message) => message?.finish_reason ?? undefined);
  const [first] = reasons ?? own;
  const fact = reasons === undefined ? 'gen_ai.output.messages' : 'gen_ai.response.finish_reasons';
  if (typeof first === 'string' && first !== '') target.write('llm.finish_reason', first, fact);
  else if (reasons?.length === 0) target.carry(fact);
  if (reasons !== undefined && reasons.length > 1) target.lose('gen_ai.response.finish_reasons', ONE_REASON);
  // Readers put each reason on its message as well.
  const isTold = own.length === 1 ? own[0] === undefined || own[0] === first : (reasons ?? own).every(isNothing);
  if (!isTold && own.length > 0) target.lose('gen_ai.output.messages', ONE_REASON);
}

function isNothing(reason: string | undefined): boolean {
  return reason === undefined;
}

const ONE_REASON = 'openinference has a place for the first reason to stop only';

function writeSimple(record: GenAIRecord, target: MappingTarget): void {
  const variables = record.get('gen_ai.prompt.variable');
  if (variables !== undefined)
    target.write('llm.prompt_template.variables', jsonOf(variables), 'gen_ai.prompt.variable');
  const metadata = record.get('genspan.metadata');
  if (metadata !== undefined) target.write('metadata', jsonOf(metadata), 'genspan.metadata');
  const evaluations = record.get('evaluations');
  if (evaluations !== undefined) writeEvaluations(new FactWriter(target, 'evaluations'), evaluations);
}
