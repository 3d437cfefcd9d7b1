import {
  fromOpenInferenceProvider,
  toOpenInferenceProvider,
  toProviderName,
  toProviderNameByPrefix,
  toTraceloopSystem,
} from '../../src/shapes/provider-names';

const PROVIDERS = [
  'together_ai',
  'fireworks_ai',
  'nvidia_nim',
  'lm_studio',
  'huggingface',
  'github_models',
  'cerebras',
  'ollama',
  'openrouter',
  'vllm',
  'openai',
  'gcp.gen_ai',
  'gcp.vertex_ai',
  'gcp.gemini',
  'anthropic',
  'cohere',
  'azure.ai.inference',
  'azure.ai.openai',
  'ibm.watsonx.ai',
  'aws.bedrock',
  'perplexity',
  'x_ai',
  'deepseek',
  'groq',
  'mistral_ai',
  'moonshot_ai',
];

describe('toProviderName', () => {
  it.each([
    ['OpenAI', 'openai'],
    ['Azure', 'azure.ai.openai'],
    ['az.ai.inference', 'azure.ai.inference'],
    ['vertex_ai', 'gcp.vertex_ai'],
    ['gemini', 'gcp.gemini'],
    ['xai', 'x_ai'],
    ['bedrock', 'aws.bedrock'],
    ['AWS', 'aws.bedrock'],
    ['mistral', 'mistral_ai'],
  ])('says of %s that it is %s', (word, name) => {
    expect(toProviderName(word)).toBe(name);
  });

  it.each(PROVIDERS)('leaves %s, which the conventions name, alone', (name) => {
    expect(toProviderName(name)).toBe(name);
  });

  it('keeps a provider that it does not know as it came', () => {
    expect(toProviderName('My Own')).toBe('My Own');
    expect(toProviderName('constructor')).toBe('constructor');
  });
});

describe('toProviderNameByPrefix', () => {
  it.each([
    ['openai.chat', 'openai'],
    ['openai.responses', 'openai'],
    ['google.generative-ai', 'gcp.gemini'],
    ['google.vertex.chat', 'gcp.vertex_ai'],
    ['amazon-bedrock', 'aws.bedrock'],
    ['azure.ai.inference', 'azure.ai.inference'],
    ['mistral.chat', 'mistral_ai'],
    ['house.chat', 'house.chat'],
    ['', ''],
    ['...', '...'],
  ])('says of %j that it is %j', (word, name) => {
    expect(toProviderNameByPrefix(word)).toBe(name);
  });
});

describe('OpenInference', () => {
  it.each(PROVIDERS)('keeps %s on the way there and back', (name) => {
    const { provider, system } = toOpenInferenceProvider(name);
    expect(fromOpenInferenceProvider(provider, system)).toBe(name);
  });

  it('tells host from product', () => {
    expect(toOpenInferenceProvider('azure.ai.openai')).toEqual({ provider: 'azure', system: 'openai' });
    expect(fromOpenInferenceProvider('aws', 'anthropic')).toBe('aws.bedrock');
    expect(fromOpenInferenceProvider(undefined, 'vertexai')).toBe('gcp.vertex_ai');
    expect(fromOpenInferenceProvider('together', 'meta')).toBe('together_ai');
    expect(toOpenInferenceProvider('together_ai')).toEqual({ provider: 'together' });
    expect(toOpenInferenceProvider('fireworks_ai')).toEqual({ provider: 'fireworks' });
    expect(fromOpenInferenceProvider()).toBeUndefined();
  });
});

describe('Traceloop', () => {
  it.each(PROVIDERS)('keeps %s on the way there and back', (name) => {
    expect(toProviderName(toTraceloopSystem(name))).toBe(name);
  });
});
