import type { Facts, ScalarFactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import { isFields } from './json.js';

/** A word for a parameter of the request, by who uses it. */
interface Vocabulary {
  readonly [fact: string]: string;
}

type Convert = (value: unknown) => Facts[ScalarFactName] | undefined;

interface Parameter {
  readonly fact: ScalarFactName;
  readonly convert: Convert;
  /** What providers call it; the first is written unless the provider has a word of its own. */
  readonly words: readonly [string, ...string[]];
}

/** Sources: API references of OpenAI, Anthropic, Google Gemini, Amazon Bedrock, Cohere and Mistral; LangChain. */
const PARAMETERS: readonly Parameter[] = [
  { fact: 'gen_ai.request.model', convert: text, words: ['model', 'model_name', 'modelName', 'model_id', 'modelId'] },
  { fact: 'gen_ai.request.temperature', convert: number, words: ['temperature'] },
  { fact: 'gen_ai.request.top_p', convert: number, words: ['top_p', 'topP', 'p'] },
  { fact: 'gen_ai.request.top_k', convert: integer, words: ['top_k', 'topK', 'k'] },
  {
    fact: 'gen_ai.request.max_tokens',
    convert: integer,
    words: [
      'max_tokens',
      'max_completion_tokens',
      'max_output_tokens',
      'maxTokens',
      'maxOutputTokens',
      'max_new_tokens',
      'max_tokens_to_sample',
    ],
  },
  {
    fact: 'gen_ai.request.frequency_penalty',
    convert: number,
    words: ['frequency_penalty', 'frequencyPenalty'],
  },
  { fact: 'gen_ai.request.presence_penalty', convert: number, words: ['presence_penalty', 'presencePenalty'] },
  { fact: 'gen_ai.request.seed', convert: integer, words: ['seed', 'random_seed'] },
  { fact: 'gen_ai.request.stop_sequences', convert: texts, words: ['stop_sequences', 'stop', 'stopSequences'] },
  {
    fact: 'gen_ai.request.choice.count',
    convert: integer,
    words: ['n', 'candidate_count', 'candidateCount', 'num_generations'],
  },
  { fact: 'gen_ai.request.stream', convert: boolean, words: ['stream'] },
  { fact: 'gen_ai.request.stream_cursor', convert: cursor, words: ['starting_after'] },
  { fact: 'gen_ai.request.previous_response.id', convert: text, words: ['previous_response_id'] },
  { fact: 'gen_ai.request.reasoning.level', convert: effort, words: ['reasoning_effort', 'reasoning'] },
  { fact: 'gen_ai.output.type', convert: outputType, words: ['response_format', 'text'] },
  { fact: 'gen_ai.request.encoding_formats', convert: texts, words: ['encoding_format', 'encoding_formats'] },
  { fact: 'gen_ai.embeddings.dimension.count', convert: integer, words: ['dimensions'] },
  { fact: 'openai.request.service_tier', convert: text, words: ['service_tier'] },
];

const BY_WORD: ReadonlyMap<string, Parameter> = new Map(
  PARAMETERS.flatMap((parameter) => parameter.words.map((word) => [word, parameter] as const)),
);

/** Members that hold more parameters: Gemini's and Bedrock's requests. */
const CONTAINERS: ReadonlySet<string> = new Set(['config', 'generationConfig', 'generation_config', 'inferenceConfig']);

const OPENAI: Vocabulary = {
  'gen_ai.request.max_tokens': 'max_completion_tokens',
  'gen_ai.request.stop_sequences': 'stop',
};
const OPENAI_RESPONSES: Vocabulary = { 'gen_ai.request.max_tokens': 'max_output_tokens' };
const MISTRAL: Vocabulary = { 'gen_ai.request.stop_sequences': 'stop', 'gen_ai.request.seed': 'random_seed' };
const GOOGLE: Vocabulary = {
  'gen_ai.request.max_tokens': 'max_output_tokens',
  'gen_ai.request.choice.count': 'candidate_count',
};
const BEDROCK: Vocabulary = {
  'gen_ai.request.max_tokens': 'maxTokens',
  'gen_ai.request.top_p': 'topP',
  'gen_ai.request.stop_sequences': 'stopSequences',
};

const VOCABULARIES: ReadonlyMap<string, Vocabulary> = new Map([
  ['openai', OPENAI],
  ['azure.ai.openai', OPENAI],
  ['azure.ai.inference', { 'gen_ai.request.stop_sequences': 'stop' }],
  ['mistral_ai', MISTRAL],
  ['gcp.gemini', GOOGLE],
  ['gcp.vertex_ai', GOOGLE],
  ['gcp.gen_ai', GOOGLE],
  ['aws.bedrock', BEDROCK],
]);

/**
 * Reads the parameters of a request in whichever provider's words.
 *
 * @param set - told of each parameter that has a fact
 * @param other - told of each that has none; says whether it took it
 * @returns whether all was understood; members that are null or empty count as absent
 */
export function readRequestParameters(
  parameters: Readonly<Record<string, unknown>>,
  set: <Name extends ScalarFactName>(fact: Name, value: Facts[Name]) => void,
  other: (word: string, value: unknown) => boolean,
): boolean {
  let complete = true;
  for (const word of Object.keys(parameters)) {
    const value = parameters[word];
    if (value === undefined || value === null || value === '') continue;
    const parameter = BY_WORD.get(word);
    const fact = parameter?.convert(value);
    if (parameter !== undefined && fact !== undefined) set(parameter.fact, fact);
    else if (CONTAINERS.has(word) && isFields(value)) {
      complete = readRequestParameters(value, set, other) && complete;
    } else if (!other(word, value)) complete = false;
  }
  return complete;
}

/** Parameters of a request, and the facts they say. */
export interface RequestParameters {
  readonly values: Record<string, unknown>;
  readonly facts: ScalarFactName[];
}

/**
 * The parameters of the request in the provider's own words.
 *
 * @param skipped - facts that the dialect has a place of their own for
 */
export function writeRequestParameters(record: GenAIRecord, skipped?: ReadonlySet<ScalarFactName>): RequestParameters {
  const provider = record.get('gen_ai.provider.name');
  const vocabulary =
    provider === 'openai' && record.get('openai.api.type') === 'responses'
      ? OPENAI_RESPONSES
      : VOCABULARIES.get(provider ?? '');
  const written: RequestParameters = { values: {}, facts: [] };
  for (const { fact, words } of PARAMETERS) {
    const value = skipped?.has(fact) === true ? undefined : record.get(fact);
    const parameter = value === undefined ? undefined : inRequest(fact, value);
    if (parameter === undefined) continue;
    written.values[vocabulary?.[fact] ?? words[0]] = parameter;
    written.facts.push(fact);
  }
  return written;
}

/** As requests have it; `undefined`: no request says it so. */
function inRequest(fact: ScalarFactName, value: Facts[ScalarFactName]): unknown {
  if (fact === 'gen_ai.output.type') {
    if (value === 'text') return { type: 'text' };
    return value === 'json' ? { type: 'json_object' } : undefined;
  }
  if (fact === 'gen_ai.request.encoding_formats' && Array.isArray(value) && value.length === 1)
    return value[0] as string;
  return value;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function cursor(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value);
}

function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** Also from a text: some writers make texts of all parameters. */
function number(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

function integer(value: unknown): number | undefined {
  const parsed = number(value);
  return parsed === undefined ? undefined : Math.round(parsed);
}

function boolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

/** `reasoning_effort: 'low'` as well as `reasoning: { effort: 'low' }`. */
function effort(value: unknown): string | undefined {
  return isFields(value) ? text(value['effort']) : text(value);
}

/** `response_format: { type }` of chat completions as well as `text: { format: { type } }` of responses. */
function outputType(value: unknown): string | undefined {
  const format = isFields(value) ? (value['format'] ?? value) : value;
  switch (isFields(format) ? format['type'] : format) {
    case 'text':
      return 'text';
    case 'json':
    case 'json_object':
    case 'json_schema':
      return 'json';
    default:
      return undefined;
  }
}
