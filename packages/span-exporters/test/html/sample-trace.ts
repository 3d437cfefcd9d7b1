import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { realSpans } from '../real-spans.js';
import type { SpanSpec } from '../real-spans.js';

const START = 1_750_000_000_000;

function at(startMillis: number, endMillis: number): { startMillis: number; endMillis: number } {
  return { startMillis: START + startMillis, endMillis: START + endMillis };
}

/** A PNG of one pixel. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** An agent that calls a model with tools, runs one, and fails at its second call. */
export const SAMPLE: SpanSpec = {
  name: 'invoke_agent planner',
  ...at(0, 1_600),
  resource: { 'service.name': 'quickstart', 'host.name': 'box' },
  attributes: {
    'gen_ai.operation.name': 'invoke_agent',
    'genspan.trace.span_count': 5,
    'genspan.trace.cost_usd': 0.0042,
    'genspan.trace.models': ['gpt-4o'],
  },
  children: [
    {
      name: 'chat gpt-4o',
      ...at(0, 800),
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.finish_reasons': ['tool_call'],
        'gen_ai.usage.input_tokens': 1_000,
        'gen_ai.usage.output_tokens': 20,
        'gen_ai.usage.cache_read.input_tokens': 500,
        'genspan.usage.cost_usd': 0.0042,
        'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be brief.' }]),
        'gen_ai.tool.definitions': JSON.stringify([
          { type: 'function', name: 'get_weather', description: 'Weather of a city', parameters: { type: 'object' } },
        ]),
        'gen_ai.input.messages': JSON.stringify([
          {
            role: 'user',
            parts: [
              { type: 'text', content: 'What is it like in Paris?' },
              { type: 'blob', modality: 'image', mime_type: 'image/png', content: PIXEL },
              { type: 'blob', modality: 'image', mime_type: 'image/svg+xml', content: 'PHN2Zy8+' },
              { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
              { type: 'file', modality: 'document', file_id: 'file-1' },
            ],
          },
        ]),
        'gen_ai.output.messages': JSON.stringify([
          {
            role: 'assistant',
            finish_reason: 'tool_call',
            parts: [
              { type: 'reasoning', content: 'They want the weather.' },
              { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Paris', days: 2 } },
            ],
          },
        ]),
      },
    },
    {
      name: 'execute_tool get_weather',
      ...at(800, 1_200),
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'get_weather',
        'gen_ai.tool.call.arguments': '{"city":"Paris"}',
        'gen_ai.tool.call.result': '{"celsius":21}',
      },
      children: [{ name: 'GET', ...at(900, 1_000), attributes: { 'http.response.status_code': 200 } }],
    },
    {
      name: 'chat gpt-4o-mini',
      ...at(1_200, 1_600),
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o-mini',
        'error.type': '429',
        'gen_ai.output.messages': JSON.stringify([
          { role: 'assistant', parts: [{ type: 'refusal', content: 'I cannot help with that.' }] },
        ]),
      },
      status: { code: SpanStatusCode.ERROR, message: 'slow down' },
      events: [
        {
          name: 'exception',
          attributes: {
            'exception.type': 'RateLimitError',
            'exception.message': 'too many requests',
            'exception.stacktrace': 'RateLimitError\n    at call (app.js:1:2)',
          },
        },
      ],
      links: [
        {
          context: { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 1 },
          attributes: { why: 'retry of' },
        },
      ],
    },
  ],
};

/** The spans of {@link SAMPLE}. */
export function sampleSpans(): ReadableSpan[] {
  return realSpans(SAMPLE);
}
