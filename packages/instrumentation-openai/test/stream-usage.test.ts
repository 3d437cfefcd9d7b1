import { INPUT_TOKENS, OUTPUT_TOKENS } from '@genspan/test-utils';
import { hideUsage, withStreamUsage } from '../src/stream-usage.js';
import { observedOpenAI, QUESTION } from './observed-openai.js';
import { deepFrozen } from './recorded-content.js';

describe('withStreamUsage', () => {
  it('asks for usage in a copy, and passes the other arguments on', () => {
    const options = { headers: { a: 'b' } };
    const args = deepFrozen([{ model: 'm', stream: true, stream_options: { include_obfuscation: false } }, options]);
    const [params, ...rest] = withStreamUsage(args) ?? [];
    expect(params).toEqual({
      model: 'm',
      stream: true,
      stream_options: { include_obfuscation: false, include_usage: true },
    });
    expect(rest).toEqual([options]);
    expect(rest[0]).toBe(options);
  });

  it.each([
    [{}],
    [{ stream: false }],
    [{ stream: true, stream_options: { include_usage: true } }],
    [{ stream: true, stream_options: { include_usage: false } }],
    [undefined],
  ])('leaves %j to the caller', (params) => {
    expect(withStreamUsage([params])).toBeUndefined();
  });
});

describe('hideUsage', () => {
  it('hides the chunk that only has usage, and the field from the others', () => {
    expect(hideUsage({ choices: [], usage: { prompt_tokens: 1 } })).toBe(true);
    const chunk = { choices: [{ index: 0 }], usage: null };
    expect(hideUsage(chunk)).toBe(false);
    expect(chunk).toEqual({ choices: [{ index: 0 }] });
  });

  it.each([{ choices: [] }, { choices: [{}], usage: { prompt_tokens: 1 } }, null, 'text', {}])('shows %j', (chunk) => {
    expect(hideUsage(chunk)).toBe(false);
  });
});

describe('requestStreamUsage', () => {
  it.each(['chat', 'completions'] as const)('records usage of %s and shows the caller the same stream', async (api) => {
    const observed = await observedOpenAI({ requestStreamUsage: true });
    const client = observed.client();
    const start = (options?: object) =>
      api === 'chat'
        ? client.chat.completions.create({ ...QUESTION, stream: true, ...options })
        : client.completions.create({ model: 'm', prompt: 'Hi', stream: true, ...options });
    const chunksOf = async (options?: object) => {
      const chunks: unknown[] = [];
      for await (const chunk of await start(options)) chunks.push(chunk);
      return chunks;
    };
    const seen = await chunksOf();
    expect(observed.spans()[0]?.attributes).toMatchObject({
      'gen_ai.usage.input_tokens': INPUT_TOKENS,
      'gen_ai.usage.output_tokens': OUTPUT_TOKENS,
    });
    observed.instrumentation.setConfig({ requestStreamUsage: false });
    expect(seen).toEqual(await chunksOf());
    expect(observed.spans()[1]?.attributes).not.toHaveProperty(['gen_ai.usage.input_tokens']);
    await observed.close();
  });
});
