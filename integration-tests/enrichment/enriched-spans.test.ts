import { validateInputMessages } from '@genspan/semconv';
import type { ReceivedSpan } from '@genspan/test-utils';
import { diagLines, Lab } from '../registration/preloaded-app.js';
import type { RunOptions } from '../registration/preloaded-app.js';

jest.setTimeout(60_000);

const IMPORT = ['--import', '@genspan/node/register'];
const CONTEXT = {
  'session.id': 's-1',
  'user.id': 'u-1',
  'gen_ai.conversation.id': 'c-1',
  'genspan.tags': ['beta'],
  'gen_ai.prompt.name': 'triage',
};
/** 24 tokens in, 8 of them cached, 9 out, at $0.15, $0.075 and $0.60 for a million. */
const COST_OF_CALL = (16 * 0.15 + 8 * 0.075 + 9 * 0.6) / 1e6;

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

const run = (options: Partial<RunOptions>) =>
  lab.run({ cwd: `${__dirname}/fixtures`, preload: IMPORT, args: ['answers.mjs'], ...options });
const named = (name: string): readonly ReceivedSpan[] => lab.receiver.spans.filter((span) => span.name === name);
const capture = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' };

describe('spans of an application under the preload', () => {
  it('tell who they are for, what they cost and what a trace adds up to', async () => {
    const result = await run({ env: { OTEL_GENSPAN_ENRICHMENT_ATTRIBUTES: 'team=support' } });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'stop\ntrue\n', stderr: '' });
    expect(lab.receiver.spans).toHaveLength(3);
    for (const { attributes } of lab.receiver.spans) expect(attributes).toMatchObject({ ...CONTEXT, team: 'support' });
    const calls = named('chat gpt-4o-mini');
    expect(calls).toHaveLength(2);
    for (const { attributes } of calls) {
      expect(attributes['genspan.usage.cost_usd']).toBeCloseTo(COST_OF_CALL, 12);
      expect(attributes['genspan.usage.cache_read_cost_usd']).toBeCloseTo((8 * 0.075) / 1e6, 12);
      expect(attributes['genspan.usage.price_date']).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(attributes['genspan.usage.source']).toBe('reported');
      expect(attributes).not.toHaveProperty('genspan.trace.model_call_count');
    }
    const [root] = named('answer');
    expect(root?.attributes).toMatchObject({
      'genspan.trace.model_call_count': 2,
      'genspan.trace.tool_call_count': 0,
      'genspan.trace.error_count': 0,
      'genspan.trace.input_tokens': 48,
      'genspan.trace.output_tokens': 18,
      'genspan.trace.total_tokens': 66,
    });
    expect(root?.attributes['genspan.trace.cost_usd']).toBeCloseTo(2 * COST_OF_CALL, 12);
  });

  it('say nothing of what a model costs that nobody knows', async () => {
    await run({ env: { APP_MODEL: 'a-model-of-our-own' } });
    const calls = named('chat a-model-of-our-own');
    expect(calls).toHaveLength(2);
    for (const { attributes } of [...calls, ...named('answer')]) {
      expect(Object.keys(attributes).filter((key) => key.includes('cost'))).toEqual([]);
    }
  });

  it('are as the instrumentation makes them when the stage is off', async () => {
    const result = await run({ env: { OTEL_GENSPAN_ENRICHMENT_ENABLED: 'false' } });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.receiver.spans).toHaveLength(3);
    for (const { attributes } of lab.receiver.spans) {
      expect(Object.keys(attributes).filter((key) => /^(genspan|session|user)\./.test(key))).toEqual([]);
    }
  });

  it('keep long messages within the limit, as JSON that is valid', async () => {
    const env = { ...capture, OTEL_GENSPAN_ENRICHMENT_MAX_VALUE_BYTES: '400', APP_PROMPT: 'ä'.repeat(5_000) };
    await run({ env });
    const calls = named('chat gpt-4o-mini');
    expect(calls).toHaveLength(2);
    for (const { attributes } of calls) {
      const messages = attributes['gen_ai.input.messages'];
      expect(Buffer.byteLength(String(messages))).toBeLessThanOrEqual(400);
      expect(validateInputMessages(messages)).toEqual([]);
      expect(attributes['genspan.payload.truncated']).toEqual(['gen_ai.input.messages']);
    }
  });

  it('lose their inputs where these are not to be kept, and a slip in the setting does not keep them', async () => {
    const env = { ...capture, OTEL_GENSPAN_ENRICHMENT_CAPTURE_INPUTS: 'flase' };
    const result = await run({ env });
    expect(diagLines(result)).toHaveLength(1);
    for (const { attributes } of named('chat gpt-4o-mini')) {
      expect(attributes).not.toHaveProperty(['gen_ai.input.messages']);
      expect(attributes).toHaveProperty(['gen_ai.output.messages']);
    }
  });
});

describe('spans in other dialects', () => {
  it.each(['safety', 'efficiency'])(
    'are written beside the standard ones, with no secret in them: %s',
    async (order) => {
      const secret = ['jane.doe', 'example.org'].join('@');
      const env = {
        ...capture,
        OTEL_GENSPAN_PIPELINE_ORDER: order,
        OTEL_GENSPAN_MAPPING_TO: 'openinference,langfuse',
        APP_PROMPT: `write to ${secret}`,
      };
      const result = await run({ env });
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      const calls = named('chat gpt-4o-mini');
      expect(calls).toHaveLength(2);
      for (const { attributes } of calls) {
        expect(attributes).toMatchObject({
          'gen_ai.operation.name': 'chat',
          'openinference.span.kind': 'LLM',
          'llm.input_messages.0.message.content': 'write to [REDACTED]',
          'llm.token_count.prompt': 24,
          'llm.token_count.prompt_details.cache_read': 8,
          'langfuse.observation.type': 'generation',
        });
        const usage: unknown = JSON.parse(String(attributes['langfuse.observation.usage_details']));
        expect(usage).toMatchObject({ input: 16, input_cached_tokens: 8, output: 9 });
      }
      const bytes = lab.receiver.requests.map(({ bytes }) => bytes.toString('latin1')).join('');
      expect(bytes.includes(secret)).toBe(false);
    },
  );

  it('take the place of the standard ones where told so', async () => {
    await run({ env: { ...capture, OTEL_GENSPAN_MAPPING_TO: 'openinference', OTEL_GENSPAN_MAPPING_MODE: 'replace' } });
    for (const { attributes } of named('chat gpt-4o-mini')) {
      expect(attributes).toHaveProperty(['llm.output_messages.0.message.content']);
      expect(attributes).not.toHaveProperty(['gen_ai.output.messages']);
      expect(attributes).not.toHaveProperty(['gen_ai.usage.input_tokens']);
    }
  });
});

test('wrong settings are one line each, in which no value is repeated that may be long', async () => {
  const hidden = 'x'.repeat(40);
  const env = {
    OTEL_GENSPAN_ENRICHMENT_ATTRIBUTES: hidden,
    OTEL_GENSPAN_ENRICHMENT_BAGGAGE_KEYS: 'session',
    OTEL_GENSPAN_ENRICHMENT_COST: hidden,
    OTEL_GENSPAN_ENRICHMENT_TOKENS: 'some',
    OTEL_GENSPAN_ENRICHMENT_MAX_VALUE_BYTES: '1MB',
    OTEL_GENSPAN_ENRICHMENT_KEEP_LAST_MESSAGES: '-1',
    OTEL_GENSPAN_ENRICHMENT_EXCLUDE_FIELDS: 'a[,b.c',
    OTEL_GENSPAN_ENRICHMENT_MAX_ATTRIBUTES: '15',
    OTEL_GENSPAN_MAPPING_TO: 'langfuse,phoenix',
    OTEL_GENSPAN_MAPPING_MODE: 'copy',
  };
  const result = await run({ env });
  expect(result).toMatchObject({ exitCode: 0, stdout: 'stop\ntrue\n' });
  const lines = diagLines(result);
  for (const name of Object.keys(env)) expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
  expect(lines).toHaveLength(Object.keys(env).length);
  expect(result.stderr).not.toContain(hidden);
  // What is right in a list stays in force.
  for (const { attributes } of named('chat gpt-4o-mini'))
    expect(attributes).toHaveProperty(['langfuse.observation.type']);
});
