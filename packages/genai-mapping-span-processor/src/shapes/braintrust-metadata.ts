import { BOOLEAN_FACTS, INTEGER_FACTS, NUMBER_FACTS, STRING_FACTS, STRING_LIST_FACTS } from '../facts.js';
import type { FactName, Facts, ScalarFactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { readerOf } from '../scalar-types.js';
import { isFields, jsonOf } from './json.js';
import { readOpenAITools, writeOpenAITools } from './openai-tools.js';
import { toProviderName } from './provider-names.js';
import { isOnlyResponseModel } from './response-model.js';
import { readRequestParameters, writeRequestParameters } from './request-parameters.js';

type Members = Readonly<Record<string, unknown>>;

/** Facts that are more than a value and that metadata can hold as they are, and what tells that they are such. */
const STRUCTURES: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>([
  ['gen_ai.prompt.variable', isFields],
  ['gen_ai.retrieval.documents', Array.isArray],
  ['rerank.documents', Array.isArray],
  ['gen_ai.tool.call.arguments', isThere],
  ['gen_ai.tool.call.result', isThere],
  ['gen_ai.system_instructions', isPartList],
  ['gen_ai.input.messages', isMessageList],
  ['gen_ai.output.messages', isMessageList],
  ['embeddings.input', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')],
]);

/** How Braintrust calls providers whose names of the conventions it does not use. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['aws.bedrock', 'bedrock'],
  ['azure.ai.openai', 'azure'],
  ['fireworks_ai', 'fireworks'],
  ['gcp.gemini', 'google'],
  ['gcp.vertex_ai', 'vertex'],
  ['mistral_ai', 'mistral'],
  ['together_ai', 'together'],
  ['x_ai', 'xai'],
]);

/**
 * Reads metadata: the provider, the parameters of a model call in the provider's words, facts under the names of the
 * conventions; the rest is the application's own.
 *
 * @param isModelCall - whether it has parameters; a member of another span's metadata may be called like one
 * @param sources - the attributes that hold it
 */
export function readMetadata(
  metadata: Members,
  record: GenAIRecord,
  isModelCall: boolean,
  sources: readonly string[],
): void {
  const own: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const lose = (reason: string): void => sources.forEach((source) => record.lose(source, reason));
  const set = <Name extends FactName>(name: Name, value: Facts[Name]): void => record.set(name, value, ...sources);
  const isResponse = metadata['object'] === 'response';
  const readOther = (word: string, value: unknown): boolean => {
    if (readFact(word, value, set)) return true;
    if (isModelCall && word === 'provider' && typeof value === 'string')
      set('gen_ai.provider.name', providerName(value));
    else if (isModelCall && (word === 'tools' || word === 'functions')) {
      const tools = readOpenAITools(value, lose);
      if (tools !== undefined) set('gen_ai.tool.definitions', tools);
      else if (!Array.isArray(value) || value.length > 0) own[word] = value;
    } else if (isModelCall && word === 'instructions' && typeof value === 'string') {
      set('gen_ai.system_instructions', [{ type: 'text', content: value }]);
    } else if (isResponse && word === 'id' && typeof value === 'string') set('gen_ai.response.id', value);
    else if (!isResponse || !TOLD_ELSEWHERE.has(word)) own[word] = value;
    return true;
  };
  const setParameter: typeof set = (name, value) => {
    // Where no other was known, that of the response was written.
    if (name === 'gen_ai.request.model' && isOnlyResponseModel(value, record))
      set('gen_ai.response.model', String(value));
    else set(name, value);
  };
  if (isModelCall) readRequestParameters(metadata, setParameter, readOther);
  else for (const word of Object.keys(metadata)) readOther(word, metadata[word]);
  if (Object.keys(own).length > 0) set('genspan.metadata', own);
}

/** Of a response that is kept whole: what its output, its end and its text say as well. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['object', 'status', 'output_text']);

function readFact(
  word: string,
  value: unknown,
  set: <Name extends FactName>(name: Name, value: Facts[Name]) => void,
): boolean {
  if (SCALARS.has(word)) {
    const fact = readerOf(word)(value);
    if (fact === undefined) return false;
    set(word as ScalarFactName, fact);
    return true;
  }
  if (STRUCTURES.get(word)?.(value) !== true) return false;
  set(word as FactName, value as never);
  return true;
}

const SCALARS: ReadonlySet<string> = new Set([
  ...STRING_FACTS,
  ...INTEGER_FACTS,
  ...NUMBER_FACTS,
  ...BOOLEAN_FACTS,
  ...STRING_LIST_FACTS,
]);

/**
 * Writes metadata. It may hold anything, so it takes up what Braintrust has no field for, under the name of the conventions.
 * Called last.
 */
export function writeMetadata(record: GenAIRecord, target: MappingTarget, isModelCall: boolean): void {
  const metadata: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const facts: FactName[] = [];
  if (isModelCall) writeCall(record, target, metadata, facts);
  for (const name of record.names()) {
    if (target.isCarried(name) || facts.includes(name) || !(SCALARS.has(name) || STRUCTURES.has(name))) continue;
    const value = record.get(name);
    if (value === undefined) continue;
    metadata[name] = value;
    facts.push(name);
  }
  const own = record.get('genspan.metadata');
  if (own !== undefined) {
    facts.push('genspan.metadata');
    for (const key of Object.keys(own)) {
      if (key in metadata || meansAFact(key, own[key], isModelCall)) {
        target.lose('genspan.metadata', 'some of it is called like what braintrust keeps among the metadata');
      } else metadata[key] = own[key];
    }
  }
  if (Object.keys(metadata).length > 0) target.write('braintrust.metadata', jsonOf(metadata), ...facts);
}

function writeCall(
  record: GenAIRecord,
  target: MappingTarget,
  metadata: Record<string, unknown>,
  facts: FactName[],
): void {
  const provider = record.get('gen_ai.provider.name');
  if (provider !== undefined) {
    metadata['provider'] = PROVIDERS.get(provider) ?? provider;
    facts.push('gen_ai.provider.name');
  }
  const parameters = writeRequestParameters(record);
  Object.assign(metadata, parameters.values);
  facts.push(...parameters.facts);
  const model = record.get('gen_ai.response.model');
  if (metadata['model'] === undefined && model !== undefined) {
    metadata['model'] = model;
    facts.push('gen_ai.response.model');
    target.lose('gen_ai.response.model', 'braintrust has one name for the model, which reads as that of the request');
  }
  const tools = record.get('gen_ai.tool.definitions');
  if (tools !== undefined) {
    metadata['tools'] = writeOpenAITools(tools);
    if (tools.length === 0) target.lose('gen_ai.tool.definitions', 'an empty list of tools reads as none');
    facts.push('gen_ai.tool.definitions');
  }
}

/** Whether a member of the application's own would be read as something else. */
function meansAFact(word: string, value: unknown, isModelCall: boolean): boolean {
  if (SCALARS.has(word) || STRUCTURES.has(word)) return true;
  if (!isModelCall) return false;
  if (CALL_WORDS.has(word)) return true;
  let isParameter = false;
  readRequestParameters(
    { [word]: value },
    () => (isParameter = true),
    () => true,
  );
  return isParameter;
}

const CALL_WORDS: ReadonlySet<string> = new Set(['provider', 'tools', 'functions', 'instructions', 'object']);

function providerName(word: string): string {
  return word.toLowerCase() === 'google' ? 'gcp.gemini' : toProviderName(word);
}

function isThere(value: unknown): boolean {
  return value !== undefined;
}

function isPartList(value: unknown): boolean {
  return Array.isArray(value) && value.every((part) => isFields(part) && typeof part['content'] === 'string');
}

function isMessageList(value: unknown): boolean {
  return Array.isArray(value) && value.every((message) => isFields(message) && Array.isArray(message['parts']));
}
