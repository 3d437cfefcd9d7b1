// Requests and canned answers of the size a chat application sends: a prompt of about 2 KB, a completion of about 1 KB.

const SENTENCE =
  'The reading of station 17 fell by 0.4 degrees "overnight", and the crew asked whether the sensor drifts. ';

/** Plain text of exactly `length` characters, with the quotes that make JSON escape. */
const prose = (length) => SENTENCE.repeat(Math.ceil(length / SENTENCE.length)).slice(0, length);

const MODEL = 'gpt-4o-mini';
const RESPONSE_MODEL = 'gpt-4o-mini-2024-07-18';
const SETTINGS = { model: MODEL, temperature: 0.2, top_p: 0.9, max_tokens: 800 };

const USAGE = {
  prompt_tokens: 412,
  completion_tokens: 236,
  total_tokens: 648,
  prompt_tokens_details: { cached_tokens: 128, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
};

const MESSAGES = [
  { role: 'system', content: prose(400) },
  { role: 'user', content: prose(1650) },
];

const tool = (name, description) => ({
  type: 'function',
  function: {
    name,
    description,
    parameters: {
      type: 'object',
      properties: {
        station: { type: 'integer', description: 'The number of the station' },
        from: { type: 'string', description: 'First day, ISO 8601' },
        to: { type: 'string', description: 'Last day, ISO 8601' },
        unit: { type: 'string', enum: ['celsius', 'kelvin'] },
      },
      required: ['station'],
      additionalProperties: false,
    },
  },
});

const TOOLS = [
  tool('read_station', 'Reads the measurements of one station'),
  tool('list_faults', 'Lists the faults that were reported for a station'),
  tool('schedule_visit', 'Schedules a visit of the crew at a station'),
];

const toolCall = (id, name) => ({
  id,
  type: 'function',
  function: { name, arguments: '{"station":17,"from":"2026-01-01","to":"2026-01-31","unit":"celsius"}' },
});

const TOOL_MESSAGES = [
  { role: 'system', content: prose(400) },
  { role: 'user', content: prose(900) },
  { role: 'assistant', content: null, tool_calls: [toolCall('call_a1', 'list_faults')] },
  { role: 'tool', tool_call_id: 'call_a1', content: prose(600) },
];

const completion = (message, finishReason) => ({
  id: 'chatcmpl-BenchmarkBenchmarkBenchmark1',
  object: 'chat.completion',
  created: 1760000000,
  model: RESPONSE_MODEL,
  choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
  usage: USAGE,
  service_tier: 'default',
  system_fingerprint: 'fp_8a9b7c6d5e',
});

const PLAIN_COMPLETION = completion(
  { role: 'assistant', content: prose(1024), refusal: null, annotations: [] },
  'stop',
);
const TOOL_COMPLETION = completion(
  {
    role: 'assistant',
    content: prose(800),
    refusal: null,
    annotations: [],
    tool_calls: [toolCall('call_b1', 'read_station'), toolCall('call_b2', 'schedule_visit')],
  },
  'tool_calls',
);

const event = (fields) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-BenchmarkBenchmarkBenchmark1',
    object: 'chat.completion.chunk',
    created: 1760000000,
    model: RESPONSE_MODEL,
    service_tier: 'default',
    system_fingerprint: 'fp_8a9b7c6d5e',
    usage: null,
    ...fields,
  })}\n\n`;

const choice = (delta, finishReason = null) => ({
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
});

/** The server-sent events of a streamed answer: `chunks` chunks in all, one token each but the first and the last two. */
function streamEvents(chunks) {
  const tokens = Array.from({ length: chunks - 3 }, (_, i) => event(choice({ content: prose(5 * (i + 1)).slice(-5) })));
  return [
    event(choice({ role: 'assistant', content: '', refusal: null })),
    ...tokens,
    event(choice({}, 'stop')),
    event({ choices: [], usage: USAGE }) + 'data: [DONE]\n\n',
  ];
}

/** The cases a variant is run with: what the application sends, and what the canned server answers. */
export const CASES = {
  chat: { params: { ...SETTINGS, messages: MESSAGES }, json: JSON.stringify(PLAIN_COMPLETION) },
  'chat with tools': {
    params: { ...SETTINGS, messages: TOOL_MESSAGES, tools: TOOLS },
    json: JSON.stringify(TOOL_COMPLETION),
  },
  'short stream': streamCase(20),
  'long stream': streamCase(220),
};

function streamCase(chunks) {
  return {
    params: { ...SETTINGS, messages: MESSAGES, stream: true, stream_options: { include_usage: true } },
    events: streamEvents(chunks),
    chunks,
  };
}
