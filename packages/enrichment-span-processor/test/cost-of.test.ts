import fc from 'fast-check';
import { costOf, createCostOf } from '../src/cost-of.js';

const million = 1e6;

function call(provider: string | undefined, model: string, usage: Record<string, number>, more = {}) {
  const tokens = Object.fromEntries(Object.entries(usage).map(([key, value]) => [`gen_ai.usage.${key}`, value]));
  return {
    'gen_ai.operation.name': 'chat',
    ...(provider !== undefined && { 'gen_ai.provider.name': provider }),
    'gen_ai.request.model': model,
    ...tokens,
    ...more,
  };
}

const tokens = (input: number, output: number) => ({ input_tokens: input, output_tokens: output });

describe('costOf: hand-computed cases', () => {
  const cases: [string, ReturnType<typeof call>, number | undefined][] = [
    [
      'audio of a model whose price of audio the table does not have',
      call('openai', 'gpt-4o-audio-preview', { ...tokens(1000, 100), 'audio.input_tokens': 400 }),
      undefined,
    ],
    [
      'text alone of such a model',
      call('openai', 'gpt-4o-audio-preview', { ...tokens(1000, 100), 'audio.input_tokens': 0 }),
      (1000 * 2.5 + 100 * 10) / million,
    ],
    [
      'audio of a model that hears it at the price of text',
      call('gcp.gemini', 'gemini-2.5-pro', { ...tokens(1000, 100), 'audio.input_tokens': 400 }),
      (1000 * 1.25 + 100 * 10) / million,
    ],
    ['numbers that no call has', call('openai', 'gpt-4o', tokens(Number.MAX_VALUE, Number.MAX_VALUE)), undefined],
    ['input and output', call('openai', 'gpt-4o', tokens(1000, 100)), (1000 * 2.5 + 100 * 10) / million],
    [
      'cached input, which is part of the input',
      call('openai', 'gpt-4o', { ...tokens(1000, 100), 'cache_read.input_tokens': 600 }),
      (400 * 2.5 + 600 * 1.25 + 100 * 10) / million,
    ],
    [
      'reasoning, which is part of the output',
      call('openai', 'gpt-4o', { ...tokens(1000, 100), 'reasoning.output_tokens': 80 }),
      (1000 * 2.5 + 100 * 10) / million,
    ],
    [
      'reasoning with a price of its own',
      call('openrouter', 'perplexity/sonar-deep-research', { ...tokens(1000, 100), 'reasoning.output_tokens': 80 }),
      (1000 * 2 + 20 * 8 + 80 * 3) / million,
    ],
    [
      "Anthropic's cache, read and written for five minutes",
      call('anthropic', 'claude-3-5-haiku-latest', {
        ...tokens(10_000, 500),
        'cache_read.input_tokens': 6000,
        'cache_write.input_tokens': 3000,
      }),
      (1000 * 0.8 + 6000 * 0.08 + 3000 * 1 + 500 * 4) / million,
    ],
    [
      'the cache written, under its first name',
      call('anthropic', 'claude-3-5-haiku-latest', { ...tokens(10, 0), 'cache_creation.input_tokens': 4 }),
      (6 * 0.8 + 4 * 1) / million,
    ],
    [
      'a tier that is not exceeded',
      call('google', 'gemini-2.5-pro', tokens(200_000, 10)),
      (200_000 * 1.25 + 100) / million,
    ],
    [
      'a tier that is exceeded, for the whole call',
      call('gcp.gemini', 'gemini-2.5-pro', tokens(200_001, 10)),
      (200_001 * 2.5 + 10 * 15) / million,
    ],
    ['a fee for the request', call('perplexity', 'sonar', tokens(1000, 100)), 1100 / million + 12 / 1000],
    ['a model that is free', call('openrouter', 'meta-llama/llama-3.3-70b-instruct:free', tokens(10, 10)), 0],
    ['embeddings', call('openai', 'text-embedding-3-small', { input_tokens: 500 }), (500 * 0.02) / million],
    ['first names of usage', call('openai', 'gpt-4o', { prompt_tokens: 4, completion_tokens: 1 }), 20 / million],
    ['no tokens at all', call('openai', 'gpt-4o', tokens(0, 0)), 0],
    [
      'parts that are more than their whole',
      call('openai', 'gpt-4o', { ...tokens(10, 1), 'cache_read.input_tokens': 20 }),
      35 / million,
    ],

    ['an unknown model', call('openai', 'gpt-12-unheard-of', tokens(1000, 100)), undefined],
    ['a model without a price in the table', call('github-copilot', 'gpt-4.1', tokens(1000, 100)), undefined],
    ['no usage', call('openai', 'gpt-4o', {}), undefined],
    ['no output of a model that sells it', call('openai', 'gpt-4o', { input_tokens: 1000 }), undefined],
    ['usage that is no number', call('openai', 'gpt-4o', tokens(NaN, -1)), undefined],
    ['tokens of a model that is sold by the hour', call('openai', 'whisper-1', tokens(1000, 100)), undefined],
    ['output of a model that sells input only', call('openai', 'text-embedding-3-small', tokens(1, 1)), undefined],
    [
      'an answer that is fetched again',
      call('openai', 'gpt-4o', tokens(1, 1), { 'gen_ai.operation.name': 'fetch_response' }),
      undefined,
    ],
    ['fees that no attribute tells', call('perplexity', 'sonar-deep-research', tokens(1, 1)), undefined],
  ];
  test.each(cases)('%s', (_, attributes, expected) => {
    const cost = costOf(attributes);
    if (expected === undefined) expect(cost).toBeUndefined();
    else expect(cost).toBeCloseTo(expected, 15);
  });

  test('the cost that is on the span already is given back', () => {
    expect(costOf(call('openai', 'gpt-4o', tokens(1, 1), { 'genspan.usage.cost_usd': 7 }))).toBe(7);
  });
});

describe('costOf: whose price it is', () => {
  const cost = (provider: string | undefined, model: string, more = {}) =>
    costOf(call(provider, model, tokens(million, million), more));

  test.each([
    ['azure.ai.openai', 'anything', { 'gen_ai.response.model': 'gpt-4o-2024-08-06' }, 12.5],
    ['azure.ai.openai', 'gpt-4', {}, undefined],
    ['aws.bedrock', 'us.anthropic.claude-sonnet-4-20250514-v1:0', {}, 18],
    ['aws.bedrock', 'arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0', {}, 18],
    ['aws.bedrock', 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0', {}, 1.5],
    ['aws.bedrock', 'arn:aws:bedrock:us-east-1:1:custom-model/anthropic.claude-3-haiku-20240307-v1:0/x', {}, undefined],
    ['aws.bedrock', 'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc', {}, undefined],
    ['gcp.vertex_ai', 'publishers/anthropic/models/claude-sonnet-4@20250514', {}, 18],
    ['gcp.gemini', 'models/gemini-2.5-pro', {}, 17.5],
    ['x_ai', 'grok-4', {}, 18],
    ['mistral_ai', 'mistral-large-latest', {}, 8],
    ['moonshot_ai', 'kimi-k2-0905-preview', {}, 3.1],
    ['openai', 'ft:gpt-4o-mini-2024-07-18:org::id', {}, 1.5],
    ['openai', 'ft:gpt-unknown:org::id', {}, undefined],
    ['OpenAI', 'GPT-4o', {}, 12.5],
    ['openai', 'my-alias', { 'gen_ai.response.model': 'gpt-4o-2024-08-06' }, 12.5],
    ['openai', 'gpt-4o', { 'gen_ai.response.model': 'a-name-of-the-gateway' }, 12.5],
    // Names that contain a provider's are not that provider.
    ['openai-compatible', 'gpt-4o', {}, undefined],
    ['ollama', 'gpt-4o', {}, undefined],
    ['litellm', 'openai/gpt-4o', {}, undefined],
    // Without a provider, models that their makers alone give out.
    [undefined, 'gpt-4o', {}, 12.5],
    [undefined, 'text-embedding-3-small', {}, undefined],
    [undefined, 'gpt-oss-120b', {}, undefined],
    [undefined, 'deepseek-r1:7b', {}, undefined],
    [undefined, 'gpt-4o', { 'gen_ai.system': 'az.ai.openai' }, undefined],
    // Clients of OpenAI's say `openai` wherever they call.
    ['openai', 'llama-3.3-70b-versatile', { 'server.address': 'api.groq.com' }, 1.38],
    ['openai', 'gpt-4o', { 'server.address': 'gateway.example' }, 12.5],
  ])('%s %s %j', (provider, model, more, expected) => {
    if (expected === undefined) expect(cost(provider, model, more)).toBeUndefined();
    else expect(cost(provider, model, more)).toBeCloseTo(expected, 10);
  });

  test('the table is not used for other service tiers than the standard one', () => {
    expect(cost('openai', 'gpt-4o', { 'openai.response.service_tier': 'default' })).toBe(12.5);
    expect(cost('openai', 'gpt-4o', { 'openai.request.service_tier': 'auto' })).toBe(12.5);
    expect(cost('openai', 'gpt-4o', { 'openai.response.service_tier': 'flex' })).toBeUndefined();
    expect(cost('openai', 'gpt-4o', { 'gen_ai.openai.request.service_tier': 'priority' })).toBeUndefined();
    // What was asked for and not given does not count.
    const both = { 'openai.request.service_tier': 'flex', 'openai.response.service_tier': 'default' };
    expect(cost('openai', 'gpt-4o', both)).toBe(12.5);
  });

  test('names longer than any model has are not looked up', () => {
    expect(cost('openai', 'x'.repeat(100_000))).toBeUndefined();
  });
});

describe('costOf: when it was', () => {
  test('the price that held on the day counts', () => {
    const attributes = call('openai', 'o3', tokens(million, 0));
    expect(costOf(attributes, Date.UTC(2025, 5, 9, 23, 59))).toBe(10);
    expect(costOf(attributes, Date.UTC(2025, 5, 10))).toBe(2);
  });

  test('the price of the hour counts', () => {
    const attributes = call('deepseek', 'deepseek-chat', tokens(million, 0));
    expect(costOf(attributes, Date.UTC(2026, 0, 1, 0, 29))).toBe(0.135);
    expect(costOf(attributes, Date.UTC(2026, 0, 1, 0, 30))).toBe(0.27);
    expect(costOf(attributes, Date.UTC(2026, 0, 1, 16, 30))).toBe(0.135);
  });
});

describe('costOf: media', () => {
  const realtime = (usage: Record<string, number>, more = {}) =>
    costOf(call('openai', 'gpt-realtime', { ...tokens(1000, 100), ...usage }, more));

  test('audio has its own price, from the cache too', () => {
    const usage = { 'audio.input_tokens': 600, 'audio.output_tokens': 50, 'cache_read.input_tokens': 300 };
    expect(realtime({ ...usage, 'audio.cache_read.input_tokens': 200 })).toBeCloseTo(
      (300 * 4 + 100 * 0.4 + 400 * 32 + 200 * 0.4 + 50 * 16 + 50 * 64) / million,
      15,
    );
    // Whether the 300 are of text or of audio would change the amount.
    expect(realtime(usage)).toBeUndefined();
  });

  test('an operation of audio or images must tell which tokens are', () => {
    const transcription = { 'gen_ai.operation.name': 'transcription' };
    const attributes = (usage = {}) =>
      call('openai', 'gpt-4o-transcribe', { ...tokens(1000, 100), ...usage }, transcription);
    expect(costOf(attributes())).toBeUndefined();
    expect(costOf(attributes({ 'audio.input_tokens': 900 }))).toBeGreaterThan((1000 * 2.5 + 100 * 10) / million);
  });
});

describe('createCostOf: own prices', () => {
  const prices = [
    { model: 'my-*-small', provider: 'azure.ai.openai', inputPerMillion: 1, outputPerMillion: 2 },
    {
      model: 'gpt-4o',
      inputPerToken: 3e-6,
      outputPerToken: 6e-6,
      cacheReadPerMillion: 1,
      reasoningPerMillion: 12,
      perRequest: 0.5,
    },
    { model: 'gpt-4o*', inputPerMillion: 100, outputPerMillion: 100 },
    { model: 'gpt-4.1', serviceTier: 'flex', inputPerMillion: 1, outputPerMillion: 4 },
    { model: 'dall-e-3', perRequest: 0.04 },
    { model: 'local', inputPerMillion: 0, outputPerMillion: 0 },
  ];
  const own = createCostOf({ prices });

  test('come before the table, the first that fits', () => {
    const usage = { ...tokens(1000, 100), 'cache_read.input_tokens': 400, 'reasoning.output_tokens': 60 };
    expect(own(call('openai', 'GPT-4o', usage))).toBeCloseTo((600 * 3 + 400 + 40 * 6 + 60 * 12) / million + 0.5, 15);
    expect(own(call('openai', 'gpt-4o-mini', tokens(million, 0)))).toBe(100);
    expect(own(call('openai', 'o3', tokens(million, 0)))).toBe(2);
  });

  test('go by the name asked for as well, by the provider, and by the service tier', () => {
    const answer = { 'gen_ai.response.model': 'gpt-4.1-nano' };
    expect(own(call('azure.ai.openai', 'my-fine-small', tokens(million, 0), answer))).toBe(1);
    expect(own(call('az.ai.openai', 'my-small', tokens(million, 0)))).toBeUndefined();
    expect(own(call('openai', 'my-fine-small', tokens(million, 0)))).toBeUndefined();
    expect(own(call('openai', 'gpt-4.1', tokens(million, 0), { 'openai.response.service_tier': 'flex' }))).toBe(1);
    expect(own(call('openai', 'gpt-4.1', tokens(million, 0)))).toBe(2);
    expect(own(call('openai', 'gpt-4o', tokens(1, 1), { 'openai.response.service_tier': 'flex' }))).toBeUndefined();
  });

  test('for requests need no usage, but an answer', () => {
    expect(own(call('openai', 'dall-e-3', {}))).toBe(0.04);
    expect(own(call('openai', 'dall-e-3', {}, { 'error.type': '429' }))).toBeUndefined();
  });

  test('of 0 are a cost of 0', () => {
    expect(own(call('ollama', 'local', tokens(5, 5)))).toBe(0);
  });

  test('are all there is without the table', () => {
    const only = createCostOf({ prices, table: false });
    expect(only(call('openai', 'o3', tokens(1, 1)))).toBeUndefined();
    expect(only(call('openai', 'gpt-4o-mini', tokens(million, 0)))).toBe(100);
  });
});

test('whatever the attributes are, there is a cost of at least 0 or none', () => {
  const key = fc.constantFrom(
    ...['gen_ai.provider.name', 'gen_ai.request.model', 'gen_ai.response.model', 'gen_ai.usage.input_tokens'],
    ...['gen_ai.usage.output_tokens', 'gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.audio.input_tokens'],
    ...['server.address', 'openai.response.service_tier', 'gen_ai.operation.name', 'genspan.usage.cost_usd'],
  );
  const name = fc.constantFrom('openai', 'gpt-4o', 'gpt-realtime', 'transcription', '__proto__', 'a\nb', '');
  const value = fc.oneof(name, fc.anything(), fc.double(), fc.string());
  fc.assert(
    fc.property(fc.dictionary(key, value), (attributes) => {
      const cost = costOf(attributes);
      expect(cost === undefined || cost >= 0).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
