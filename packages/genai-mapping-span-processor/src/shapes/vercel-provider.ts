import { toProviderNameByPrefix } from './provider-names.js';

/** The providers as the packages of the Vercel AI SDK call themselves, with the kind of model they are used for most. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['azure.ai.openai', 'azure-openai'],
  ['anthropic', 'anthropic.messages'],
  ['gcp.gemini', 'google.generative-ai'],
  ['gcp.vertex_ai', 'google.vertex.chat'],
  ['gcp.gen_ai', 'google'],
  ['aws.bedrock', 'amazon-bedrock'],
  ['mistral_ai', 'mistral.chat'],
  ['cohere', 'cohere.chat'],
  ['groq', 'groq.chat'],
  ['deepseek', 'deepseek.chat'],
  ['perplexity', 'perplexity'],
  ['x_ai', 'xai.chat'],
  ['moonshot_ai', 'moonshotai.chat'],
  ['together_ai', 'togetherai.chat'],
  ['fireworks_ai', 'fireworks.chat'],
]);

/** Which of OpenAI's APIs a word such as `openai.responses` names. */
const OPENAI_APIS: ReadonlyMap<string, string> = new Map([
  ['chat', 'chat_completions'],
  ['responses', 'responses'],
]);

/** What a value of `ai.model.provider` says. */
export interface VercelProvider {
  /** A value of `gen_ai.provider.name`. */
  readonly name: string;
  /** A value of `openai.api.type`. */
  readonly apiType?: string;
  /** Whether it is a model that only completes texts. */
  readonly isCompletion: boolean;
}

/** Reads a value of `ai.model.provider`, such as `openai.responses`. */
export function readVercelProvider(word: string): VercelProvider {
  const name = toProviderNameByPrefix(word);
  const kind = word.slice(word.lastIndexOf('.') + 1);
  const apiType = name === 'openai' ? OPENAI_APIS.get(kind) : undefined;
  return { name, isCompletion: kind === 'completion', ...(apiType === undefined ? {} : { apiType }) };
}

/** The value of `ai.model.provider` for a provider of the GenAI conventions; an unknown one as it is. */
export function writeVercelProvider(name: string, apiType: string | undefined, operation: string | undefined): string {
  const word = WORDS.get(name) ?? name;
  if (operation === 'text_completion') return `${beginningOf(word)}.completion`;
  if (name !== 'openai') return word;
  if (operation === 'embeddings') return 'openai.embedding';
  for (const [kind, type] of OPENAI_APIS) if (type === apiType) return `openai.${kind}`;
  return word;
}

/** Without the kind of model. */
function beginningOf(word: string): string {
  return word.endsWith('.chat') ? word.slice(0, -'.chat'.length) : word;
}
