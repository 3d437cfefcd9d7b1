import {
  validateInputMessages,
  validateOutputMessages,
  validateSystemInstructions,
  validateToolDefinitions,
} from '@genspan/semconv';
import { startOpenAIServer } from '@genspan/test-utils';
import type { OpenAIServer } from '@genspan/test-utils';
import { PEERS, spansOf } from './peer-spans.js';
import type { Call, Peer, PeerSpan } from './peer-spans.js';

jest.setTimeout(60_000);

const CHECKS = {
  'gen_ai.input.messages': validateInputMessages,
  'gen_ai.output.messages': validateOutputMessages,
  'gen_ai.system_instructions': validateSystemInstructions,
  'gen_ai.tool.definitions': validateToolDefinitions,
};
/** What each peer does not record itself, so that nobody can translate it. */
const NOT_RECORDED: Readonly<Partial<Record<Peer, readonly string[]>>> = {
  '@opentelemetry/instrumentation-openai': ['images', 'cached', 'reasoning', 'tool definitions'],
  '@traceloop/instrumentation-openai': ['cached', 'reasoning', 'usage of streams', 'errors', 'embeddings'],
  '@arizeai/openinference-instrumentation-openai': ['usage of streams', 'errors', 'embeddings'],
};

let server: OpenAIServer;
beforeAll(async () => void (server = await startOpenAIServer()));
afterAll(() => server.close());

describe.each(Object.keys(PEERS) as Peer[])('spans of %s', (peer) => {
  let spans: readonly PeerSpan[];
  beforeAll(async () => void (spans = await spansOf(peer, server.baseURL)));

  const records = (what: string): boolean => NOT_RECORDED[peer]?.includes(what) !== true;
  const calls = (call: Call, operation = 'chat') =>
    spans
      .filter((span) => span.call === call && span.mapped.attributes['gen_ai.operation.name'] === operation)
      .map(({ mapped }) => mapped.attributes);
  const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

  it('become valid spans of the conventions, each of a known operation', () => {
    expect(spans.length).toBeGreaterThanOrEqual(6);
    for (const { mapped } of spans) {
      const { attributes } = mapped;
      expect(mapped.from.length).toBeGreaterThan(0);
      expect(['chat', 'embeddings', 'execute_tool', 'invoke_agent', 'task']).toContain(
        attributes['gen_ai.operation.name'],
      );
      for (const [key, check] of Object.entries(CHECKS)) {
        if (attributes[key] !== undefined) expect([key, check(attributes[key])]).toEqual([key, []]);
      }
    }
  });

  it('keep the calls of tools, their results and their definitions', () => {
    const [first, second] = calls('tools');
    const call = { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Paris' } };
    expect(parsed(first?.['gen_ai.output.messages'])).toEqual([
      expect.objectContaining({ role: 'assistant', parts: [call], finish_reason: 'tool_call' }),
    ]);
    expect(first?.['gen_ai.response.finish_reasons']).toEqual(['tool_call']);
    const history = parsed(second?.['gen_ai.input.messages']) as { role: string; parts: { type: string }[] }[];
    const told = history.flatMap(({ parts }) => parts);
    expect(told).toContainEqual(call);
    const result = told.find(({ type }) => type === 'tool_call_response');
    expect(result).toMatchObject({ type: 'tool_call_response', id: 'call_1' });
    expect(JSON.stringify(result)).toContain('21');
    expect(parsed(second?.['gen_ai.output.messages'])).toMatchObject([
      { role: 'assistant', parts: [{ type: 'text', content: 'The capital of France is Paris.' }] },
    ]);
    if (!records('tool definitions')) return;
    expect(parsed(first?.['gen_ai.tool.definitions'])).toMatchObject([
      { type: 'function', name: 'get_weather', parameters: { properties: { city: { type: 'string' } } } },
    ]);
  });

  it('keep the exact numbers of tokens, none of them twice', () => {
    for (const attributes of [
      ...calls('tools'),
      ...calls('image'),
      ...(records('usage of streams') ? calls('stream') : []),
    ]) {
      expect(attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 24, 'gen_ai.usage.output_tokens': 9 });
      if (records('cached')) expect(attributes['gen_ai.usage.cache_read.input_tokens']).toBe(8);
    }
    const [reasoning] = calls('reasoning');
    expect(reasoning).toMatchObject({ 'gen_ai.usage.input_tokens': 24, 'gen_ai.usage.output_tokens': 9 });
    if (records('reasoning')) expect(reasoning?.['gen_ai.usage.reasoning.output_tokens']).toBe(4);
    if (records('embeddings')) {
      expect(calls('embeddings', 'embeddings').map((span) => span['gen_ai.usage.input_tokens'])).toContain(24);
    }
  });

  it('keep images, inline and by their address', () => {
    const [span] = calls('image');
    const messages = parsed(span?.['gen_ai.input.messages']) as { parts: object[] }[];
    const parts = messages.flatMap((message) => message.parts);
    expect(parts).toContainEqual({ type: 'text', content: 'What is this?' });
    if (!records('images')) return;
    const blob: unknown = expect.objectContaining({ type: 'blob', modality: 'image', mime_type: 'image/png' });
    expect(parts).toContainEqual(blob);
    const uri: unknown = expect.objectContaining({
      type: 'uri',
      modality: 'image',
      uri: 'https://example.com/cat.png',
    });
    expect(parts).toContainEqual(uri);
  });

  it('keep answers that were streamed', () => {
    const answers = calls('stream').map((span) => span['gen_ai.output.messages']);
    expect(answers.length).toBeGreaterThan(0);
    expect(parsed(answers[0])).toMatchObject([
      { role: 'assistant', parts: [{ type: 'text', content: 'The capital of France is Paris.' }] },
    ]);
  });

  it('name the provider, the model asked for and the one that answered', () => {
    for (const span of [...calls('tools'), ...calls('image')]) {
      expect(span).toMatchObject({
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
      });
    }
    if (records('errors')) expect(calls('error')[0]?.['gen_ai.request.model']).toBe('gpt-4o-mini@error-400');
  });
});
