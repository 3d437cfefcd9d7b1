import type { MappingSource } from '../dialect.js';
import type { ScalarFactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { FactReader } from './fact-reader.js';
import { isFields, jsonOf, structureOf } from './json.js';
import { readCost, writeCost } from './langfuse-cost.js';
import { readMetadata, writeMetadata } from './langfuse-metadata.js';
import { readCompletionStart, writeCompletionStart } from './langfuse-times.js';
import { fromObservationType, toObservationType } from './langfuse-types.js';
import { readUsage, writeUsage } from './langfuse-usage.js';
import { readValues, writeValues } from './langfuse-values.js';
import { isOnlyResponseModel } from './response-model.js';
import { readRequestParameters, writeRequestParameters } from './request-parameters.js';

const TYPE = 'langfuse.observation.type';
const MODEL = 'langfuse.observation.model.name';
const PARAMETERS = 'langfuse.observation.model.parameters';
const LEVEL = 'langfuse.observation.level';

const MODEL_FACT: ReadonlySet<ScalarFactName> = new Set(['gen_ai.request.model']);
/** Observations whose usage is counted: that of an agent is the sum of what its calls say already. */
const COUNTED: ReadonlySet<string> = new Set(['generation', 'embedding']);

/** Reads what of Langfuse is more than an attribute for a fact. */
export function readLangfuse(source: MappingSource, record: GenAIRecord, consume: (key: string) => void): void {
  const reader = new FactReader(source, record, consume);
  const { attributes } = source;
  const said = attributes[TYPE];
  const type = typeof said === 'string' ? said.toLowerCase() : 'span';
  reader.fact('gen_ai.operation.name', TYPE, () => fromObservationType(type));
  const modelFact = isOnlyResponseModel(attributes[MODEL], record) ? 'gen_ai.response.model' : 'gen_ai.request.model';
  reader.fact(modelFact, MODEL, (value) => (typeof value === 'string' && value !== '' ? value : undefined));
  readParameters(reader);
  readMetadata(reader);
  const usage = structureOf(attributes['langfuse.observation.usage_details']);
  if (isFields(usage)) {
    consume('langfuse.observation.usage_details');
    readUsage(usage, record);
  }
  const cost = structureOf(attributes['langfuse.observation.cost_details']);
  if (isFields(cost)) {
    consume('langfuse.observation.cost_details');
    readCost(cost, record);
  }
  readCompletionStart(reader);
  readValues(reader, type);
  if (attributes[LEVEL] === 'DEFAULT') consume(LEVEL);
  // The level says that it failed, not why.
  reader.fact('error.type', LEVEL, (level) => (level === 'ERROR' ? '_OTHER' : undefined));
  for (const key in attributes) if (key.startsWith('langfuse.internal.')) consume(key);
}

/** Writes what of Langfuse is more than an attribute for a fact. */
export function writeLangfuse(record: GenAIRecord, target: MappingTarget): void {
  const type = writeType(record, target);
  if (type === undefined) return;
  const conversation = record.get('gen_ai.conversation.id');
  if (conversation !== undefined && record.has('session.id') && record.get('session.id') !== conversation) {
    target.lose('gen_ai.conversation.id', 'langfuse has one name for session and conversation, and the session has it');
  }
  writeModel(record, target);
  const { values, facts } = writeRequestParameters(record, MODEL_FACT);
  if (facts.length > 0) target.write(PARAMETERS, jsonOf(values), ...facts);
  writeMetadata(record, target);
  if (COUNTED.has(type)) {
    writeUsage(record, target);
    writeCost(record, target);
  } else loseUsage(record, target);
  writeCompletionStart(record, target);
  writeValues(record, target, type);
  const error = record.get('error.type');
  if (error === undefined) return;
  target.write(LEVEL, 'ERROR', 'error.type');
  if (error !== '_OTHER') target.lose('error.type', 'langfuse has a level for errors, and no place for their type');
}

function readParameters({ attributes, record, consume }: FactReader): void {
  const parameters = structureOf(attributes[PARAMETERS]);
  if (!isFields(parameters)) return;
  consume(PARAMETERS);
  const isComplete = readRequestParameters(
    parameters,
    (fact, value) => record.set(fact, value, PARAMETERS),
    () => false,
  );
  if (!isComplete) record.lose(PARAMETERS, 'some of its parameters have no counterpart in other dialects');
}

/** @returns the type; `undefined` when there is nothing to say */
function writeType(record: GenAIRecord, target: MappingTarget): string | undefined {
  const operation = record.get('gen_ai.operation.name');
  if (operation === undefined) {
    const type = inferType(record);
    if (type !== undefined) target.write(TYPE, type);
    return type;
  }
  const { type, exact } = toObservationType(operation);
  target.write(TYPE, type, 'gen_ai.operation.name');
  if (!exact) {
    target.lose(
      'gen_ai.operation.name',
      'langfuse knows types of observations only, and this operation shares its type',
    );
  }
  return type;
}

function inferType(record: GenAIRecord): string | undefined {
  if (record.has('gen_ai.tool.name') || record.has('gen_ai.tool.call.id')) return 'tool';
  if (record.has('gen_ai.request.model') || record.has('gen_ai.response.model')) return 'generation';
  if (record.has('gen_ai.agent.name') || record.has('gen_ai.agent.id')) return 'agent';
  for (const name of record.names()) if (name.startsWith('gen_ai.') || name.startsWith('genspan.')) return 'span';
  return undefined;
}

/** Langfuse has one name of the model, and finds its price by it: that of the response where it is known. */
function writeModel(record: GenAIRecord, target: MappingTarget): void {
  const requested = record.get('gen_ai.request.model');
  const responded = record.get('gen_ai.response.model');
  const model = responded ?? requested;
  if (model === undefined) return;
  target.write(MODEL, model, ...(responded === undefined ? ([] as const) : (['gen_ai.response.model'] as const)));
  target.carry('gen_ai.request.model', 'gen_ai.response.model');
  if (responded === undefined) return;
  if (requested !== undefined && requested !== responded) {
    target.lose('gen_ai.request.model', 'langfuse has one name for the model, that of the response');
  }
  target.lose('gen_ai.response.model', 'langfuse has one name for the model, which reads as that of the request');
}

function loseUsage(record: GenAIRecord, target: MappingTarget): void {
  for (const fact of record.names()) {
    if (fact.startsWith('gen_ai.usage.') || fact.endsWith('cost_usd')) {
      target.lose(fact, 'langfuse adds up what all observations say, and the calls of models say it already');
    }
  }
}
