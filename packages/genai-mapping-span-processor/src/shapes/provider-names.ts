/**
 * What instrumentations and older conventions call the providers that the GenAI conventions name; in lower case.
 * Sources: OpenTelemetry semantic conventions up to 1.36, OpenInference, Traceloop, Vercel AI SDK.
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['azure', 'azure.ai.openai'],
  ['azure_openai', 'azure.ai.openai'],
  ['azure-openai', 'azure.ai.openai'],
  ['az.ai.openai', 'azure.ai.openai'],
  ['azure.ai.openai', 'azure.ai.openai'],
  ['az.ai.inference', 'azure.ai.inference'],
  ['azure_ai', 'azure.ai.inference'],
  ['azure.ai.inference', 'azure.ai.inference'],
  ['anthropic', 'anthropic'],
  ['cohere', 'cohere'],
  ['vertex_ai', 'gcp.vertex_ai'],
  ['vertexai', 'gcp.vertex_ai'],
  ['vertex', 'gcp.vertex_ai'],
  ['gcp.vertex_ai', 'gcp.vertex_ai'],
  ['gemini', 'gcp.gemini'],
  ['gcp.gemini', 'gcp.gemini'],
  ['google', 'gcp.gen_ai'],
  ['google_genai', 'gcp.gen_ai'],
  ['gcp.gen_ai', 'gcp.gen_ai'],
  ['aws', 'aws.bedrock'],
  ['amazon', 'aws.bedrock'],
  ['bedrock', 'aws.bedrock'],
  ['amazon_bedrock', 'aws.bedrock'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['aws_bedrock', 'aws.bedrock'],
  ['aws.bedrock', 'aws.bedrock'],
  ['watsonx', 'ibm.watsonx.ai'],
  ['ibm.watsonx.ai', 'ibm.watsonx.ai'],
  ['perplexity', 'perplexity'],
  ['xai', 'x_ai'],
  ['x_ai', 'x_ai'],
  ['deepseek', 'deepseek'],
  ['groq', 'groq'],
  ['mistral', 'mistral_ai'],
  ['mistralai', 'mistral_ai'],
  ['mistral_ai', 'mistral_ai'],
  ['moonshot', 'moonshot_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['moonshot_ai', 'moonshot_ai'],
  // Those that the conventions do not name, as genspan writes them.
  ['together', 'together_ai'],
  ['togetherai', 'together_ai'],
  ['together_ai', 'together_ai'],
  ['fireworks', 'fireworks_ai'],
  ['fireworks_ai', 'fireworks_ai'],
  ['nvidia', 'nvidia_nim'],
  ['nvidia_nim', 'nvidia_nim'],
  ['lmstudio', 'lm_studio'],
  ['lm_studio', 'lm_studio'],
  ['hugging_face', 'huggingface'],
  ['huggingface', 'huggingface'],
  ['cerebras', 'cerebras'],
  ['ollama', 'ollama'],
  ['openrouter', 'openrouter'],
  ['vllm', 'vllm'],
]);

/** The value of `gen_ai.provider.name` for a provider under any of the names in use; an unknown one as it came. */
export function toProviderName(word: string): string {
  return NAMES.get(word) ?? NAMES.get(word.toLowerCase()) ?? word;
}

/**
 * The same for a name with a detail behind it, as the Vercel AI SDK writes them (`openai.responses`, `amazon-bedrock`,
 * `google.vertex.chat`): the longest beginning that is known decides.
 */
export function toProviderNameByPrefix(word: string): string {
  const lower = word.toLowerCase();
  for (let end = lower.length; end > 0; end = lower.lastIndexOf('.', end - 1)) {
    const beginning = lower.slice(0, end);
    const name = PREFIXES.get(beginning) ?? NAMES.get(beginning);
    if (name !== undefined) return name;
  }
  return word;
}

const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['google.vertex', 'gcp.vertex_ai'],
  ['google-vertex', 'gcp.vertex_ai'],
  ['vertex.anthropic', 'gcp.vertex_ai'],
  ['google.generative-ai', 'gcp.gemini'],
  ['azure-anthropic', 'azure.ai.inference'],
]);

/** Host and product: what OpenInference says in `llm.provider` and `llm.system`. */
export interface OpenInferenceProvider {
  readonly provider?: string;
  readonly system?: string;
}

const OPENINFERENCE: ReadonlyMap<string, OpenInferenceProvider> = new Map<string, OpenInferenceProvider>([
  ['openai', { provider: 'openai', system: 'openai' }],
  ['azure.ai.openai', { provider: 'azure', system: 'openai' }],
  ['azure.ai.inference', { provider: 'azure' }],
  ['anthropic', { provider: 'anthropic', system: 'anthropic' }],
  ['cohere', { provider: 'cohere', system: 'cohere' }],
  ['gcp.vertex_ai', { provider: 'google', system: 'vertexai' }],
  ['gcp.gemini', { provider: 'google', system: 'gemini' }],
  ['gcp.gen_ai', { provider: 'google' }],
  ['aws.bedrock', { provider: 'aws' }],
  ['perplexity', { provider: 'perplexity' }],
  ['x_ai', { provider: 'xai', system: 'xai' }],
  ['deepseek', { provider: 'deepseek', system: 'deepseek' }],
  ['groq', { provider: 'groq' }],
  ['mistral_ai', { provider: 'mistralai', system: 'mistralai' }],
  ['moonshot_ai', { provider: 'moonshot' }],
  ['together_ai', { provider: 'together' }],
  ['fireworks_ai', { provider: 'fireworks' }],
]);

/** What OpenInference says of a provider of the GenAI conventions; an unknown one is a host of its own name. */
export function toOpenInferenceProvider(name: string): OpenInferenceProvider {
  return OPENINFERENCE.get(name) ?? { provider: name };
}

/** The value of `gen_ai.provider.name` for what OpenInference says; `undefined` when it says neither. */
export function fromOpenInferenceProvider(provider?: string, system?: string): string | undefined {
  const host = provider?.toLowerCase();
  const product = system?.toLowerCase();
  if (host === 'azure') return product === undefined || product !== 'openai' ? 'azure.ai.inference' : 'azure.ai.openai';
  if (host === 'google' || host === undefined) {
    if (product === 'vertexai') return 'gcp.vertex_ai';
    if (product === 'gemini') return 'gcp.gemini';
  }
  const said = provider ?? system;
  return said === undefined ? undefined : toProviderName(said);
}

/** How Traceloop's older instrumentations write the providers in `gen_ai.system`; others are written as they are. */
const TRACELOOP: ReadonlyMap<string, string> = new Map([
  ['openai', 'OpenAI'],
  ['azure.ai.openai', 'Azure'],
  ['anthropic', 'Anthropic'],
  ['cohere', 'Cohere'],
  ['aws.bedrock', 'AWS'],
  ['gcp.gen_ai', 'Google'],
  ['gcp.vertex_ai', 'VertexAI'],
  ['gcp.gemini', 'Gemini'],
  ['mistral_ai', 'MistralAI'],
]);

/** The value of `gen_ai.system` in Traceloop's older instrumentations for a provider of the GenAI conventions. */
export function toTraceloopSystem(name: string): string {
  return TRACELOOP.get(name) ?? name;
}
