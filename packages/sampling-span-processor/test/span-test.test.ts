import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { BuildSpanOptions } from '@genspan/test-utils';
import type { SamplingConditions } from '../src/sampling-rule.js';
import { traceHolds } from './trace-holds.js';

const FAILED = { status: { code: SpanStatusCode.ERROR } };

function withAttributes(attributes: object): BuildSpanOptions {
  return { attributes: attributes as NonNullable<BuildSpanOptions['attributes']> };
}

test.each<[string, SamplingConditions, BuildSpanOptions, boolean]>([
  ['its exact name', { matchNames: ['chat gpt-4o'] }, { name: 'chat gpt-4o' }, true],
  ['a pattern of its name', { matchNames: ['tool', 'chat *'] }, { name: 'chat gpt-4o' }, true],
  ['another name', { matchNames: ['chat'] }, { name: 'chat gpt-4o' }, false],
  ['a local root by name', { matchNames: ['a'], matchNamesIn: 'localRoot' }, { name: 'a' }, true],
  ['no local root', { matchNames: ['a'], matchNamesIn: 'localRoot' }, { name: 'a', parentSpanId: '1' }, false],
  ['any span by name', { matchNames: ['a'], matchNamesIn: 'anySpan' }, { name: 'a', parentSpanId: '1' }, true],
  ['its kind', { kinds: ['SERVER', 'CLIENT'] }, { kind: SpanKind.CLIENT }, true],
  ['another kind', { kinds: ['SERVER', 'CLIENT'] }, { kind: SpanKind.PRODUCER }, false],
  ['kind 0', { kinds: ['INTERNAL'] }, { kind: SpanKind.INTERNAL }, true],

  ['our tags', { matchTags: ['vip', 'debug'] }, withAttributes({ 'genspan.tags': ['x', 'debug'] }), true],
  ['tags of OpenInference', { matchTags: ['debug'] }, withAttributes({ 'tag.tags': ['debug'] }), true],
  ['tags of Langfuse', { matchTags: ['debug'] }, withAttributes({ 'langfuse.trace.tags': '["debug"]' }), true],
  ['tags of Braintrust', { matchTags: ['debug'] }, withAttributes({ 'braintrust.tags': '["x","debug"]' }), true],
  ['a part of a tag', { matchTags: ['debug'] }, withAttributes({ 'genspan.tags': ['debugging'] }), false],
  ['no tags', { matchTags: ['debug'] }, {}, false],

  ['the model asked for', { models: ['gpt-4o'] }, withAttributes({ 'gen_ai.request.model': 'gpt-4o' }), true],
  [
    'the model that answered',
    { models: ['gpt-4o-2024*'] },
    withAttributes({ 'gen_ai.request.model': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-08-06' }),
    true,
  ],
  ['another model', { models: ['o1*'] }, withAttributes({ 'gen_ai.request.model': 'gpt-4o' }), false],
  ['a model that is no text', { models: ['*'] }, withAttributes({ 'gen_ai.request.model': 4 }), false],
  ['no model', { models: ['*'] }, {}, false],

  ['its provider', { providers: ['openai'] }, withAttributes({ 'gen_ai.provider.name': 'openai' }), true],
  ['the older provider attribute', { providers: ['openai'] }, withAttributes({ 'gen_ai.system': 'openai' }), true],
  [
    'the newer provider attribute before the older one',
    { providers: ['az.ai.openai'] },
    withAttributes({ 'gen_ai.provider.name': 'openai', 'gen_ai.system': 'az.ai.openai' }),
    false,
  ],
  ['no provider', { providers: ['openai'] }, {}, false],
  ['its operation', { operations: ['chat'] }, withAttributes({ 'gen_ai.operation.name': 'chat' }), true],
  ['another operation', { operations: ['chat'] }, withAttributes({ 'gen_ai.operation.name': 'embeddings' }), false],
  ['no operation', { operations: ['chat'] }, {}, false],

  [
    'a finish reason',
    { finishReasons: ['length', 'content_filter'] },
    withAttributes({ 'gen_ai.response.finish_reasons': ['stop', 'content_filter'] }),
    true,
  ],
  [
    'a finish reason in JSON',
    { finishReasons: ['content_filter'] },
    withAttributes({ 'gen_ai.response.finish_reasons': '["content_filter"]' }),
    true,
  ],
  [
    'the only finish reason',
    { finishReasons: ['length'] },
    withAttributes({ 'gen_ai.response.finish_reasons': 'length' }),
    true,
  ],
  [
    'another finish reason',
    { finishReasons: ['length'] },
    withAttributes({ 'gen_ai.response.finish_reasons': ['stop'] }),
    false,
  ],
  ['no finish reason', { finishReasons: ['length'] }, {}, false],

  [
    'a failed tool',
    { toolErrors: true },
    { ...withAttributes({ 'gen_ai.operation.name': 'execute_tool' }), ...FAILED },
    true,
  ],
  [
    'a tool with an exception event',
    { toolErrors: true },
    { ...withAttributes({ 'gen_ai.operation.name': 'execute_tool' }), events: [{ name: 'exception' }] },
    true,
  ],
  ['a tool that worked', { toolErrors: true }, withAttributes({ 'gen_ai.operation.name': 'execute_tool' }), false],
  [
    'a failed model call',
    { toolErrors: true },
    { ...withAttributes({ 'gen_ai.operation.name': 'chat' }), ...FAILED },
    false,
  ],
  ['no failed tool, asked for one', { toolErrors: false }, { ...FAILED }, true],
  [
    'a failed tool, asked for none',
    { toolErrors: false },
    { ...withAttributes({ 'gen_ai.operation.name': 'execute_tool' }), ...FAILED },
    false,
  ],

  [
    'the wait for the first chunk, in seconds',
    { minTimeToFirstChunkMillis: 2000 },
    withAttributes({ 'gen_ai.response.time_to_first_chunk': 2 }),
    true,
  ],
  [
    'the wait to the very millisecond',
    { minTimeToFirstChunkMillis: 1001 },
    withAttributes({ 'gen_ai.response.time_to_first_chunk': 1.001 }),
    true,
  ],
  [
    'a shorter wait',
    { minTimeToFirstChunkMillis: 2000 },
    withAttributes({ 'gen_ai.response.time_to_first_chunk': 1.999 }),
    false,
  ],
  [
    'a wait that is no number',
    { minTimeToFirstChunkMillis: 0 },
    withAttributes({ 'gen_ai.response.time_to_first_chunk': '2' }),
    false,
  ],
  ['no wait', { minTimeToFirstChunkMillis: 0 }, {}, false],

  ['an attribute', { attributes: { tenant: { equals: 'acme' } } }, withAttributes({ tenant: 'acme' }), true],
  [
    'all of several attributes',
    { attributes: { tenant: { equals: 'acme' }, tier: { range: { min: 2 } } } },
    withAttributes({ tenant: 'acme', tier: 2 }),
    true,
  ],
  [
    'one of several attributes only',
    { attributes: { tenant: { equals: 'acme' }, tier: { range: { min: 2 } } } },
    withAttributes({ tenant: 'acme', tier: 1 }),
    false,
  ],
  ['the absence of an attribute', { attributes: { tenant: { exists: false } } }, {}, true],
])('looks at %s', (_what, conditions, span, expected) => {
  expect(traceHolds(conditions, [span])).toBe(expected);
  // What holds for one span holds for the trace, wherever the span is in it. `toolErrors: false` asks for the opposite.
  const asksForNone = conditions.toolErrors === false || conditions.attributes?.tenant?.exists === false;
  if (asksForNone) return;
  const other = { name: 'other', kind: SpanKind.CONSUMER, parentSpanId: '2' };
  expect(traceHolds(conditions, [other, span])).toBe(expected);
  expect(traceHolds(conditions, [span, other])).toBe(expected);
});

test('asks for all attributes on one and the same span', () => {
  const conditions = { attributes: { tenant: { equals: 'acme' }, tier: { equals: 2 } } };
  const spans = [{ attributes: { tenant: 'acme' } }, { attributes: { tier: 2 } }];
  expect(traceHolds(conditions, spans)).toBe(false);
  expect(traceHolds(conditions, [...spans, { attributes: { tenant: 'acme', tier: 2 } }])).toBe(true);
});

test('asks different conditions of different spans', () => {
  const conditions: SamplingConditions = { models: ['gpt-4o'], matchNames: ['GET *'] };
  expect(traceHolds(conditions, [{ attributes: { 'gen_ai.request.model': 'gpt-4o' } }, { name: 'GET /' }])).toBe(true);
});
