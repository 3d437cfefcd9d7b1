import type { Attributes, SpanStatus } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import { detailsOf, errorOf, formatUsage } from '../src/span-details.js';
import { realSpans } from './real-spans.js';

function span(attributes: Attributes, status: SpanStatus = { code: SpanStatusCode.UNSET }) {
  const [only] = realSpans({ name: 'x', attributes, status });
  if (!only) throw new Error('no span');
  return only;
}

test.each([
  ['chat gpt-4o', {}, ''],
  ['chat gpt-4o', { 'gen_ai.request.model': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-08-06' }, ''],
  ['chat auto', { 'gen_ai.request.model': 'auto', 'gen_ai.response.model': 'llama-3' }, 'llama-3'],
  ['my span', { 'gen_ai.request.model': 'gpt-4o' }, 'gpt-4o'],
  ['chat gpt-4o', { 'gen_ai.response.finish_reasons': ['stop', 'stop'] }, ''],
  ['chat gpt-4o', { 'gen_ai.response.finish_reasons': ['stop', 'length', 'length'] }, 'length'],
  [
    'chat gpt-4o',
    { 'gen_ai.response.time_to_first_chunk': 0.2, 'gen_ai.provider.name': 'openai' },
    'openai · first chunk 200ms',
  ],
  ['GET', { 'http.response.status_code': 204 }, 'HTTP 204'],
  ['call', { 'gen_ai.tool.name': 'get_weather' }, 'get_weather'],
])('beside the name %j and %j stands %j', (name, attributes, details) => {
  expect(detailsOf(span(attributes), name)).toBe(details);
});

test('tokens say which part was cached and which was reasoning', () => {
  expect(formatUsage({ input: 1_204, output: 256, cached: 1_024, reasoning: 64 })).toBe(
    '1,204 → 256 tokens (1,024 cached, 64 reasoning)',
  );
  expect(formatUsage({ input: 12, output: 0, cached: 0, reasoning: 0 })).toBe('12 tokens');
});

test.each([
  [{ 'error.type': 'RateLimitError' }, { code: SpanStatusCode.ERROR, message: '429' }, 'RateLimitError: 429'],
  [{ 'error.type': 'timeout' }, { code: SpanStatusCode.ERROR, message: 'timeout' }, 'timeout'],
  [{}, { code: SpanStatusCode.ERROR }, 'error'],
  [{ 'error.type': 'ignored' }, { code: SpanStatusCode.OK }, undefined],
])('the error of %j with %j is %j', (attributes, status, error) => {
  expect(errorOf(span(attributes, status))).toBe(error);
});

test('cuts a status message at 200 characters', () => {
  const error = errorOf(span({}, { code: SpanStatusCode.ERROR, message: 'x'.repeat(5_000) }));
  expect(error).toBe(`${'x'.repeat(200)}…`);
});
