import { validateInputMessages, validateOutputMessages } from '@genspan/semconv';
import { buildSpan } from '@genspan/test-utils';
import { fromBraintrustRow, toBraintrustRow } from '../src/braintrust-row.js';
import type { BraintrustRow } from '../src/braintrust-row.js';

const json = (value: unknown): string => JSON.stringify(value);

/** As the SDK for JavaScript (3.35) writes what its wrapper of the OpenAI client observes. */
const CALL = {
  id: '94ff6808084e91f0',
  span_id: '4da0f1827b3b818b',
  root_span_id: '172fc86f8777da13e211623f346a0f59',
  span_parents: ['429508b72ce94ee9'],
  created: '2026-11-22T03:58:27.463Z',
  span_attributes: { name: 'Chat Completion', type: 'llm', exec_counter: 0 },
  project_id: 'p',
  log_id: 'g',
  input: [
    { role: 'system', content: 'Brief.' },
    { role: 'user', content: 'Weather?' },
  ],
  output: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        refusal: null,
        annotations: [],
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
      },
      logprobs: null,
      finish_reason: 'tool_calls',
    },
  ],
  metadata: { model: 'gpt-4o-mini', temperature: 0.5, provider: 'openai', team: 'search' },
  metrics: {
    start: 1795319907.463,
    prompt_tokens: 24,
    completion_tokens: 9,
    tokens: 33,
    prompt_cached_tokens: 8,
    completion_reasoning_tokens: 0,
    completion_accepted_prediction_tokens: 0,
    time_to_first_token: 0.25,
    end: 1795319907.742,
  },
};

/** The same for a response, whose metadata is the rest of it. */
const RESPONSE = {
  id: '8f0d21a99c9ae025',
  span_attributes: { name: 'openai.responses.create', type: 'llm' },
  input: 'Think',
  output: [
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }] },
    { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: 'Paris.' }] },
  ],
  metadata: {
    model: 'o4-mini',
    instructions: 'Brief',
    provider: 'openai',
    reasoning: { effort: 'low' },
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    output_text: 'Paris.',
    tools: [],
    store: true,
  },
  metrics: { prompt_tokens: 24, completion_tokens: 9, completion_reasoning_tokens: 4, tokens: 33 },
};

const TASK = {
  id: '429508b72ce94ee9',
  span_id: 'a2804c1e8f0b4602',
  root_span_id: '37e664647859381d37434c35e8a003f5',
  span_parents: [],
  created: '2026-11-22T03:58:28.150Z',
  span_attributes: { name: 'run', type: 'task' },
  input: { question: 'x' },
  output: 'y',
  expected: { answer: 'y' },
  scores: { Factuality: 0.5 },
  metadata: { pos: 1 },
  tags: ['a'],
  error: 'boom\n\nError: boom\n    at run',
  metrics: { start: 1795319908.15, end: 1795319908.181 },
};

function parsedAttributes(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => {
      return [key, typeof value === 'string' && /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value];
    }),
  );
}

describe('fromBraintrustRow', () => {
  it('makes a span of the row of a model call', () => {
    const { attributes, lost, events, ...span } = fromBraintrustRow(CALL);
    expect(span).toEqual({
      name: 'Chat Completion',
      traceId: '172fc86f8777da13e211623f346a0f59',
      spanId: '4da0f1827b3b818b',
      parentSpanId: '429508b72ce94ee9',
      startTimeMillis: 1795319907463,
      endTimeMillis: 1795319907742,
      status: { code: 0 },
    });
    expect(events).toEqual([]);
    expect(parsedAttributes(attributes)).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 24,
      'gen_ai.usage.output_tokens': 9,
      'gen_ai.usage.cache_read.input_tokens': 8,
      'gen_ai.usage.reasoning.output_tokens': 0,
      'genspan.metadata.team': 'search',
      'gen_ai.input.messages': [
        { role: 'system', parts: [{ type: 'text', content: 'Brief.' }] },
        { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] },
      ],
      'gen_ai.output.messages': [
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Paris' } }],
          finish_reason: 'tool_call',
        },
      ],
    });
    expect(lost.map(({ attribute }) => attribute)).toEqual(['project_id', 'log_id']);
  });

  it('makes a span of the row of a response', () => {
    const { attributes } = fromBraintrustRow(RESPONSE);
    expect(parsedAttributes(attributes)).toMatchObject({
      'gen_ai.response.id': 'resp_1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.usage.reasoning.output_tokens': 4,
      'gen_ai.system_instructions': [{ type: 'text', content: 'Brief' }],
      'gen_ai.output.messages': [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Hm.' },
            { type: 'text', content: 'Paris.' },
          ],
        },
      ],
      'genspan.metadata.store': true,
    });
    expect(validateInputMessages(attributes['gen_ai.input.messages'])).toEqual([]);
    expect(validateOutputMessages(attributes['gen_ai.output.messages'])).toEqual([]);
  });

  it('keeps what only Braintrust knows, and tells errors and scores', () => {
    const { attributes, events, status, lost } = fromBraintrustRow(TASK);
    expect(parsedAttributes(attributes)).toMatchObject({
      'braintrust.expected': { answer: 'y' },
      'braintrust.input_json': { question: 'x' },
      'error.type': '_OTHER',
      'genspan.tags': ['a'],
      'genspan.metadata.pos': 1,
    });
    expect(status).toEqual({ code: 2, message: TASK.error });
    expect(events).toHaveLength(1);
    expect(lost.map(({ attribute }) => attribute)).toEqual(expect.arrayContaining(['input', 'expected']));
  });

  it('takes rows that are anything', () => {
    for (const row of [null, 3, [], 'x', { span_attributes: 4, metrics: 'x', metadata: [], scores: null, tags: {} }]) {
      expect(fromBraintrustRow(row as BraintrustRow).status).toEqual({ code: 0 });
    }
  });
});

describe('toBraintrustRow', () => {
  it.each([
    ['a model call', CALL],
    ['a task', TASK],
  ])('gives back the row of %s', (_what, row) => {
    const { row: back } = toBraintrustRow(fromBraintrustRow(row));
    const { exec_counter: _order, ...about } = row.span_attributes as Record<string, unknown>;
    const { project_id: _project, log_id: _log, ...expected } = row as Record<string, unknown>;
    expect(withoutEmpty(back)).toEqual(
      withoutEmpty({
        ...expected,
        id: row.span_id,
        span_attributes: about,
        ...(row === TASK ? { metadata: { pos: 1, 'error.type': '_OTHER' } } : {}),
      }),
    );
  });

  it('makes a row of an ended span, whose other attributes are metadata', () => {
    const span = buildSpan({
      name: 'chat gpt-4o',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 3,
        'gen_ai.input.messages': json([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }]),
        'braintrust.parent': 'project_name:mine',
        'http.route': '/ask',
      },
      status: { code: 2 },
      events: [{ name: 'exception', attributes: { 'exception.type': 'Error', 'exception.message': 'boom' } }],
    });
    const { row, lost } = toBraintrustRow(span);
    const { spanId, traceId } = span.spanContext();
    expect(row).toMatchObject({
      id: spanId,
      span_id: spanId,
      root_span_id: traceId,
      span_attributes: { name: 'chat gpt-4o', type: 'llm' },
      input: [{ role: 'user', content: 'Hi' }],
      metadata: { model: 'gpt-4o', 'http.route': '/ask' },
      metrics: { prompt_tokens: 3, tokens: 3 },
      error: 'boom',
    });
    expect(row.metadata).not.toHaveProperty(['braintrust.parent']);
    expect(row.metrics?.['end']).toBeGreaterThanOrEqual(row.metrics?.['start'] ?? Infinity);
    expect(Date.parse(row.created ?? '')).toBe((row.metrics?.['start'] ?? 0) * 1000);
    expect(lost).toEqual([]);
  });

  it('says nothing of a span that says nothing', () => {
    expect(toBraintrustRow({ attributes: {} })).toEqual({ row: {}, lost: [] });
  });
});

/** `null`, zeros that stand for nothing and lists without entries say the same as an absent field. */
function withoutEmpty(value: unknown): unknown {
  const dropped = new Set(['completion_accepted_prediction_tokens', 'logprobs', 'refusal', 'annotations']);
  return JSON.parse(JSON.stringify(value, (key, field: unknown) => (dropped.has(key) ? undefined : field))) as unknown;
}
