import { describe, describePromise, describeStream, outcomeOf } from '../describe.mjs';
import { operation, PROMPT_MARK } from '../operation.mjs';

const params = (bench, scenario, more) =>
  bench.params({ model: `gpt-4o-mini@${scenario}`, input: `What is ${PROMPT_MARK}?`, ...more });
const create = (bench, scenario, more, options) =>
  bench.client.responses.create(params(bench, scenario, more), options);
const withScenario = (scenario) => ({ headers: { 'x-scenario': scenario } });

const FUNCTION_TOOL = {
  type: 'function',
  name: 'get_weather',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  strict: true,
};
const BUILT_IN_TOOLS = [
  { type: 'web_search' },
  { type: 'mcp', server_label: 'deepwiki', server_url: 'https://example.com/mcp', require_approval: 'never' },
];

async function drain(stream) {
  const events = [];
  const end = await outcomeOf(async () => {
    for await (const event of stream) events.push(describe(event));
  });
  return { events, end };
}

const ANSWERS = {
  plain: ['ok', { instructions: `Be brief. ${PROMPT_MARK}`, temperature: 0.5, max_output_tokens: 50 }],
  function: ['ok', { tools: [FUNCTION_TOOL] }],
  'parallel functions': ['tools-parallel', { tools: [FUNCTION_TOOL] }],
  'built-in tools': ['ok', { tools: BUILT_IN_TOOLS }],
  'every item': ['builtin-tools,reasoning', {}],
  refusal: ['refusal', {}],
  reasoning: ['reasoning', { reasoning: { effort: 'low', summary: 'auto' } }],
  incomplete: ['incomplete', {}],
  failed: ['failed', {}],
  'no usage': ['no-usage', {}],
  'a conversation and a stored prompt': [
    'ok',
    { conversation: 'conv_1', prompt: { id: 'pmpt_1', variables: { name: PROMPT_MARK } } },
  ],
  'items as input': [
    'ok',
    {
      previous_response_id: 'resp_0',
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: PROMPT_MARK },
            { type: 'input_image', image_url: 'https://example.com/a.png' },
          ],
        },
        { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
      ],
    },
  ],
};

export const responses = [
  ...Object.entries(ANSWERS).flatMap(([name, [scenario, more]]) => [
    operation(`responses.create: ${name}`, {}, async (bench) => outcomeOf(() => create(bench, scenario, more))),
    operation(`responses.create streamed: ${name}`, {}, async (bench) => {
      return drain(await create(bench, scenario, { ...more, stream: true }));
    }),
  ]),
  ...['error-mid-stream', 'reset-mid-stream', 'invalid-json-mid-stream', 'end-mid-stream'].map((scenario) =>
    operation(`responses.create streamed: ${scenario}`, {}, async (bench) =>
      drain(await create(bench, scenario, { stream: true })),
    ),
  ),
  operation('responses.create: what the promise is, withResponse', {}, async (bench) => {
    const promise = create(bench, 'ok');
    const before = describePromise(promise);
    const { data, response, request_id } = await promise.withResponse();
    return { before, data: describe(data), response: describe(response), request_id, same: data === (await promise) };
  }),
  operation('responses.create: asResponse', {}, async (bench) => {
    const response = await create(bench, 'ok').asResponse();
    return { response: describe(response), body: await response.json() };
  }),
  operation('responses.create: API error', {}, async (bench) => outcomeOf(() => create(bench, 'error-400'))),
  operation('responses.create: not awaited and failing', {}, async (bench) => {
    const since = bench.server.requests.length;
    void create(bench, 'error-400');
    await bench.served(since);
    await bench.noticed();
    return {};
  }),
  // Cancelling is no part of what is observed.
  operation('responses.create: in the background, then retrieved and cancelled', { spans: 2 }, async (bench) => {
    const { responses } = bench.client;
    const queued = await responses.create(params(bench, 'ok', { background: true }));
    return describe([queued, await responses.retrieve(queued.id), await responses.cancel(queued.id)]);
  }),
  operation('responses.create streamed: withResponse', {}, async (bench) => {
    const { data, response } = await create(bench, 'ok', { stream: true }).withResponse();
    return { stream: describeStream(data), response: describe(response), read: await drain(data) };
  }),
  operation('responses.create streamed: break', {}, async (bench) => {
    const stream = await create(bench, 'hang-mid-stream:4', { stream: true });
    const types = [];
    for await (const { type } of stream) if (types.push(type) === 3) break;
    return { types, after: describeStream(stream) };
  }),
  operation('responses.create streamed: tee', {}, async (bench) => {
    const [left, right] = (await create(bench, 'ok', { stream: true })).tee();
    return { left: await drain(left), right: await drain(right) };
  }),
  operation('responses.create streamed: toReadableStream', {}, async (bench) => {
    let text = '';
    for await (const bytes of (await create(bench, 'ok', { stream: true })).toReadableStream())
      text += Buffer.from(bytes).toString();
    return text;
  }),
  operation('responses.parse: zod text format', {}, async (bench) => {
    const { z, zodHelpers } = bench;
    const format = zodHelpers.zodTextFormat(z.object({ city: z.string() }), 'answer');
    return outcomeOf(() => bench.client.responses.parse({ model: 'gpt-4o-mini', input: 'hi', text: { format } }));
  }),
  operation('responses.parse: withResponse', {}, async (bench) => {
    const promise = bench.client.responses.parse(params(bench, 'ok'));
    const { data, response } = await promise.withResponse();
    return { promise: describePromise(promise), data: describe(data), response: describe(response) };
  }),
  operation('responses.parse: API error', {}, async (bench) =>
    outcomeOf(() => bench.client.responses.parse(params(bench, 'error-400'))),
  ),
  operation('responses.stream: finalResponse', {}, async (bench) => {
    const runner = bench.client.responses.stream(params(bench, 'builtin-tools,reasoning'));
    const events = [];
    runner.on('event', ({ type }) => events.push([type, bench.contexts()]));
    runner.on('response.output_text.delta', (event) => events.push(describe(event)));
    return { class: runner.constructor.name, final: await outcomeOf(() => runner.finalResponse()), events };
  }),
  operation('responses.stream: iterated', {}, async (bench) =>
    drain(bench.client.responses.stream(params(bench, 'tools', { tools: [FUNCTION_TOOL] }))),
  ),
  operation('responses.stream: abort', {}, async (bench) => {
    const runner = bench.client.responses.stream(params(bench, 'hang-mid-stream:6'));
    runner.once('response.output_text.delta', () => runner.abort());
    return outcomeOf(() => runner.finalResponse());
  }),
  operation('responses.stream: of a response that exists', { majors: [5, 6, 7] }, async (bench) => {
    return outcomeOf(() => bench.client.responses.stream({ response_id: 'resp_9', starting_after: 3 }).finalResponse());
  }),
  operation('responses.retrieve', {}, async (bench) =>
    outcomeOf(() => bench.client.responses.retrieve('resp_9', {}, withScenario('tools'))),
  ),
  operation('responses.retrieve: no such response', {}, async (bench) => {
    return outcomeOf(() => bench.client.responses.retrieve('resp_9', {}, withScenario('error-404')));
  }),
  operation('responses.retrieve: streamed from an event on', {}, async (bench) => {
    const stream = await bench.client.responses.retrieve('resp_9', { stream: true, starting_after: 4 });
    return { stream: describeStream(stream), read: await drain(stream) };
  }),
];
