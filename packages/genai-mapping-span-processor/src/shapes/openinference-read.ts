import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import { FactReader } from './fact-reader.js';
import { isFields, structureOf } from './json.js';
import { toText } from './openinference-contents.js';
import { readEvaluations } from './openinference-evaluations.js';
import { fromOpenInferenceKind } from './openinference-kinds.js';
import { readContentsOfKind } from './openinference-read-contents.js';
import { readTool, readTools } from './openinference-tools.js';
import { fromOpenInferenceProvider, toOpenInferenceProvider } from './provider-names.js';
import { readRequestParameters } from './request-parameters.js';

/** Reads what of OpenInference is more than an attribute for a fact. */
export function readOpenInference(source: MappingSource, record: GenAIRecord, consume: (key: string) => void): void {
  const reader = new FactReader(source, record, consume);
  const kind = toText(source.attributes['openinference.span.kind']).toUpperCase();
  readProvider(reader);
  reader.fact('gen_ai.prompt.variable', 'llm.prompt_template.variables', fieldsIn);
  reader.fact('genspan.metadata', 'metadata', fieldsIn);
  reader.found('evaluations', (found) => readEvaluations(source.attributes, found));
  reader.found('gen_ai.tool.definitions', (found) => readTools(source.attributes, found));
  readParameters(reader, 'llm.invocation_parameters');
  readParameters(reader, 'embedding.invocation_parameters');
  readModel(reader);
  readTotal(reader);
  const isCompletion = readContentsOfKind(reader, kind);
  const operation = fromOpenInferenceKind(kind, source.isLocalRoot === true, isCompletion);
  reader.fact('gen_ai.operation.name', 'openinference.span.kind', () => operation);
}

function readProvider({ attributes, record, consume }: FactReader): void {
  const host = nameIn(attributes['llm.provider']);
  const product = nameIn(attributes['llm.system']);
  const name = fromOpenInferenceProvider(host, product);
  if (name === undefined) return;
  if (host !== undefined) consume('llm.provider');
  if (product !== undefined) consume('llm.system');
  record.set('gen_ai.provider.name', name, host === undefined ? 'llm.system' : 'llm.provider');
  if (host !== undefined && product !== undefined && toOpenInferenceProvider(name).system !== product) {
    record.lose('llm.system', 'the host of a model has a name in other dialects, the product behind it has none');
  }
}

function readParameters({ attributes, record, consume }: FactReader, key: string): void {
  const parameters = structureOf(attributes[key]);
  if (!isFields(parameters)) return;
  consume(key);
  const isComplete = readRequestParameters(
    parameters,
    (fact, value) => record.set(fact, value, key),
    (word, value) => {
      if (word !== 'tools' || !Array.isArray(value)) return false;
      if (record.has('gen_ai.tool.definitions')) return true;
      const tools = value.map((tool: unknown) => readTool(tool)).filter((tool) => tool !== undefined);
      if (tools.length > 0) record.set('gen_ai.tool.definitions', tools, key);
      return tools.length === value.length;
    },
  );
  if (!isComplete) record.lose(key, 'some of its parameters have no counterpart in other dialects');
}

/** Two names of the model are exact and were read; this one is the response's where that is known, or else the request's. */
function readModel({ attributes, record, consume }: FactReader): void {
  for (const key of ['llm.model_name', 'embedding.model_name', 'reranker.model_name']) {
    const model = nameIn(attributes[key]);
    if (model === undefined) continue;
    consume(key);
    const requested = record.get('gen_ai.request.model');
    const isRequested = requested === undefined && !record.has('gen_ai.response.model');
    if (isRequested) record.set('gen_ai.request.model', model, key);
    else if (model !== requested) record.set('gen_ai.response.model', model, key);
  }
}

/** The sum of two counts says nothing new. */
function readTotal({ attributes, record, consume }: FactReader): void {
  const total = attributes['llm.token_count.total'];
  const input = record.get('gen_ai.usage.input_tokens');
  const output = record.get('gen_ai.usage.output_tokens');
  if (input === undefined && output === undefined) return;
  if (total !== undefined && total === (input ?? 0) + (output ?? 0)) consume('llm.token_count.total');
}

function fieldsIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const structure = structureOf(value);
  return isFields(structure) ? structure : undefined;
}

function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
