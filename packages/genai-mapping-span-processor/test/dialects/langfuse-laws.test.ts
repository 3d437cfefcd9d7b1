import { LangfuseOtelSpanAttributes } from '@langfuse/core';
import { validateInputMessages, validateOutputMessages, validateToolDefinitions } from '@genspan/semconv';
import * as fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { mapAttributes } from '../../src/map-attributes.js';

const name = fc.oneof(fc.string(), fc.constantFrom('finish_reasons', '__proto__', 'team', ''));
const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<string>(...Object.values(LangfuseOtelSpanAttributes)) },
  name.map((suffix) => `langfuse.observation.metadata.${suffix}`),
  name.map((suffix) => `langfuse.trace.metadata.${suffix}`),
  fc.string().map((suffix) => `langfuse.${suffix}`),
);

const bucket = fc.constantFrom(
  'input',
  'output',
  'total',
  'input_cached_tokens',
  'input_x',
  'output_reasoning_tokens',
  'prompt_tokens',
  'x',
);
const counts = fc.dictionary(bucket, fc.oneof(fc.nat({ max: 1000 }), fc.double(), fc.constant(null), fc.string()));
const chat = fc.record({
  messages: fc.array(fc.oneof(fc.record({ role: fc.string(), content: fc.jsonValue() }), fc.jsonValue())),
  tools: fc.jsonValue(),
});

const value = fc.oneof(
  fc.jsonValue(),
  fc.jsonValue().map((item) => JSON.stringify(item)),
  counts.map((item) => JSON.stringify(item)),
  chat.map((item) => JSON.stringify(item)),
  fc.constantFrom(
    '"2026-01-01T00:00:00.000Z"',
    '2026-01-01T00:00:00.123456789Z',
    '"',
    'ERROR',
    '3',
    '{"prompt_tokens":{}}',
  ),
  fc.anything(),
);

const TYPES = ['generation', 'tool', 'agent', 'retriever', 'embedding', 'span', 'Generation', 7, null];

const span = fc
  .tuple(fc.constantFrom(...TYPES), fc.array(fc.tuple(key, value), { maxLength: 15 }))
  .map(([type, entries]) => ({ ...Object.fromEntries(entries), 'langfuse.observation.type': type }));

describe('whatever stands under the keys of Langfuse', () => {
  it('is read without a failure into GenAI that is valid, and counts are never negative', () => {
    fc.assert(
      fc.property(span, fc.oneof(fc.constant(undefined), fc.double()), (attributes, startTimeMillis) => {
        const to = ['genai', 'openinference'] as const;
        const { attributes: mapped, failed } = mapAttributes(attributes, {
          from: 'langfuse',
          to,
          ...(startTimeMillis === undefined ? {} : { startTimeMillis }),
        });
        expect(failed).toEqual([]);
        const { 'gen_ai.input.messages': input, 'gen_ai.output.messages': output } = mapped;
        if (input !== undefined) expect(validateInputMessages(input)).toEqual([]);
        if (output !== undefined) expect(validateOutputMessages(output)).toEqual([]);
        const tools = mapped['gen_ai.tool.definitions'];
        if (tools !== undefined) expect(validateToolDefinitions(tools)).toEqual([]);
        for (const [attribute, count] of Object.entries(mapped)) {
          if (attribute.startsWith('gen_ai.usage.')) expect(count).toBeGreaterThanOrEqual(0);
        }
      }),
      fuzz(1500),
    );
  });

  it('sums up to the same after a round through GenAI', () => {
    const some = fc.option(fc.nat({ max: 1000 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.nat({ max: 5000 }),
        some,
        some,
        some,
        (input, output, read, write, reasoning) => {
          const usage = {
            'gen_ai.usage.input_tokens': input + (read ?? 0) + (write ?? 0),
            'gen_ai.usage.output_tokens': output + (reasoning ?? 0),
            ...(read === undefined ? {} : { 'gen_ai.usage.cache_read.input_tokens': read }),
            ...(write === undefined ? {} : { 'gen_ai.usage.cache_write.input_tokens': write }),
            ...(reasoning === undefined ? {} : { 'gen_ai.usage.reasoning.output_tokens': reasoning }),
          };
          const there = mapAttributes(
            { 'gen_ai.operation.name': 'chat', ...usage },
            { to: 'langfuse', mode: 'replace' },
          );
          const details = JSON.parse(String(there.attributes['langfuse.observation.usage_details'])) as Record<
            string,
            number
          >;
          const { total, ...buckets } = details;
          expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(total);
          const back = mapAttributes(there.attributes, { to: 'genai', mode: 'replace' }).attributes;
          expect(back).toEqual({ 'gen_ai.operation.name': 'chat', ...usage });
        },
      ),
      fuzz(100),
    );
  });
});
