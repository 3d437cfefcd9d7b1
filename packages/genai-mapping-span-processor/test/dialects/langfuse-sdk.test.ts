import { context, trace } from '@opentelemetry/api';
import { LangfuseOtelSpanAttributes } from '@langfuse/core';
import { setLangfuseTracerProvider, startObservation } from '@langfuse/tracing';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { validateInputMessages, validateOutputMessages, validateToolDefinitions } from '@genspan/semconv';
import { parsed, written } from './written.js';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

/** The span that the SDK makes of an observation. */
function spanOf(observe: () => { end: () => void }): ReadableSpan {
  exporter.reset();
  observe().end();
  const [span] = exporter.getFinishedSpans();
  if (span === undefined) throw new Error('Expected a span');
  return span;
}

function toGenAI({ attributes, instrumentationScope, startTime: [seconds, nanos] }: ReadableSpan) {
  const { name: scopeName } = instrumentationScope;
  const startTimeMillis = seconds * 1000 + nanos / 1e6;
  return written(attributes, { from: 'auto', to: 'genai', scopeName, startTimeMillis });
}

describe('spans of the Langfuse SDK 5.11.1', () => {
  beforeAll(() => setLangfuseTracerProvider(provider));
  afterAll(async () => {
    setLangfuseTracerProvider(null);
    await provider.shutdown();
    trace.disable();
    context.disable();
  });

  it('map to valid current GenAI when they are generations', () => {
    const span = spanOf(() =>
      startObservation(
        'answer',
        {
          model: 'gpt-4o',
          modelParameters: { temperature: 0.5, max_tokens: 10, response_format: '' },
          input: {
            messages: [
              { role: 'system', content: 'be brief' },
              {
                role: 'user',
                content: [
                  { type: 'text', text: 'where is this?' },
                  { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
                ],
              },
            ],
            tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }],
          },
          output: {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } }],
          },
          usageDetails: { input: 4, output: 2, total: 12, input_cached_tokens: 6 },
          costDetails: { input: 0.5, output: 0.25, total: 0.75 },
          completionStartTime: new Date(Date.now() + 60_000),
          prompt: { name: 'p', version: 2, isFallback: false },
          metadata: { team: 'ai', nested: { a: 1 } },
        },
        { asType: 'generation' },
      ),
    );
    const { attributes, lost } = toGenAI(span);
    expect(validateInputMessages(attributes['gen_ai.input.messages'])).toEqual([]);
    expect(validateOutputMessages(attributes['gen_ai.output.messages'])).toEqual([]);
    expect(validateToolDefinitions(attributes['gen_ai.tool.definitions'])).toEqual([]);
    expect(parsed(attributes)).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 10,
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.cache_read.input_tokens': 6,
      'gen_ai.usage.output_tokens': 2,
      'genspan.usage.cost_usd': 0.75,
      'gen_ai.prompt.name': 'p',
      'gen_ai.prompt.version': '2',
      'genspan.metadata.team': 'ai',
      'gen_ai.input.messages': [
        { role: 'system', parts: [{ type: 'text', content: 'be brief' }] },
        { role: 'user', parts: [{ type: 'text' }, { type: 'blob', modality: 'image', mime_type: 'image/png' }] },
      ],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Rome' } }] },
      ],
    });
    const seconds = attributes['gen_ai.response.time_to_first_chunk'];
    expect(seconds).toBeGreaterThan(58);
    expect(seconds).toBeLessThan(62);
    expect(lost).toEqual([]);
  });

  it('map when they are tools and agents', () => {
    const tool = spanOf(() =>
      startObservation('weather', { input: { city: 'Rome' }, output: 'sunny' }, { asType: 'tool' }),
    );
    expect(parsed(toGenAI(tool).attributes)).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.call.arguments': { city: 'Rome' },
      'gen_ai.tool.call.result': 'sunny',
    });
    const agent = spanOf(() => startObservation('planner', { input: 'plan', level: 'ERROR' }, { asType: 'agent' }));
    expect(parsed(toGenAI(agent).attributes)).toEqual({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'plan' }] }],
      'error.type': '_OTHER',
    });
  });

  it('have no other names than those that are written', () => {
    const known = Object.values(LangfuseOtelSpanAttributes) as string[];
    const { attributes } = written(
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'm',
        'gen_ai.request.temperature': 0,
        'gen_ai.input.messages': '[{"role":"user","parts":[{"type":"text","content":"hi"}]}]',
        'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"hi"}]}]',
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.response.time_to_first_chunk': 1,
        'gen_ai.usage.input_tokens': 1,
        'genspan.usage.cost_usd': 1,
        'gen_ai.prompt.name': 'p',
        'gen_ai.prompt.version': '1',
        'gen_ai.conversation.id': 's',
        'genspan.tags': ['t'],
        'genspan.metadata.k': 'v',
        'error.type': 'x',
      },
      { to: 'langfuse', startTimeMillis: 0 },
    );
    const unknown = Object.keys(attributes).filter(
      (key) => !known.includes(key) && !key.startsWith(`${LangfuseOtelSpanAttributes.OBSERVATION_METADATA}.`),
    );
    expect(unknown).toEqual([]);
    expect(Object.keys(attributes).length).toBeGreaterThan(12);
  });
});
