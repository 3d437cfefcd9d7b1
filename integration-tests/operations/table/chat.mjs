import { describe, describePromise, outcomeOf } from '../describe.mjs';
import { operation, PROMPT_MARK, TIME_TOOL, WEATHER_TOOL } from '../operation.mjs';

const create = (bench, scenario, more, options) =>
  bench.client.chat.completions.create(bench.chat(scenario, more), options);

/** Answers of one scenario, as one call each. */
const ANSWERS = {
  plain: ['ok', {}],
  tools: ['ok', { tools: [WEATHER_TOOL, TIME_TOOL], tool_choice: 'auto' }],
  'parallel tools': ['tools-parallel', { tools: [WEATHER_TOOL, TIME_TOOL] }],
  refusal: ['refusal', {}],
  'three choices': ['ok', { n: 3 }],
  logprobs: ['ok', { logprobs: true, top_logprobs: 2 }],
  reasoning: ['reasoning', { reasoning_effort: 'low' }],
  audio: ['ok', { modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'wav' } }],
  'no usage': ['no-usage', {}],
  'content filter': ['content-filter', {}],
  'all parameters': [
    'ok',
    {
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 16,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      stop: ['END', PROMPT_MARK],
      seed: 7,
      user: 'user-1',
      metadata: { ticket: '12' },
      service_tier: 'default',
      response_format: { type: 'json_object' },
    },
  ],
  'image and file parts': [
    'ok',
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: PROMPT_MARK },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
            { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
            { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
            { type: 'file', file: { file_id: 'file-1' } },
          ],
        },
      ],
    },
  ],
  'a conversation with results of tools': [
    'ok',
    {
      tools: [WEATHER_TOOL],
      messages: [
        { role: 'user', content: 'Weather?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: `sunny ${PROMPT_MARK}` },
      ],
    },
  ],
};

export const chat = [
  ...Object.entries(ANSWERS).map(([name, [scenario, more]]) =>
    operation(`chat.create: ${name}`, {}, async (bench) => outcomeOf(() => create(bench, scenario, more))),
  ),
  operation('chat.create: what the promise is', {}, async (bench) => {
    const promise = create(bench, 'ok');
    const before = describePromise(promise);
    const value = await promise;
    return { before, after: describePromise(promise), value: describe(value) };
  }),
  operation('chat.create: withResponse', {}, async (bench) => {
    const { data, response, request_id } = await create(bench, 'ok').withResponse();
    return { data: describe(data), response: describe(response), request_id };
  }),
  operation('chat.create: asResponse, the body read by the caller', {}, async (bench) => {
    const response = await create(bench, 'ok').asResponse();
    const before = describe(response);
    return { before, body: await response.json(), after: describe(response) };
  }),
  operation('chat.create: asResponse, the body left unread', {}, async (bench) => {
    const response = await create(bench, 'ok').asResponse();
    return describe(response);
  }),
  operation('chat.create: asResponse after the value', {}, async (bench) => {
    const promise = create(bench, 'ok');
    const value = await promise;
    return { value: describe(value), response: describe(await promise.asResponse()) };
  }),
  operation('chat.create: two awaits give one object', {}, async (bench) => {
    const promise = create(bench, 'ok');
    const [first, second] = [await promise, await promise];
    const { data } = await promise.withResponse();
    return { same: first === second, sameData: first === data };
  }),
  operation('chat.create: then, catch and finally', {}, async (bench) => {
    const promise = create(bench, 'ok');
    const chained = promise.then((value) => value.id);
    const caught = promise.catch(() => 'not called');
    let finals = 0;
    const last = promise.finally(() => (finals += 1));
    const ids = [await chained, (await caught).id, (await last).id];
    return { classes: [chained, caught, last].map((p) => p.constructor.name), ids, finals };
  }),
  operation('chat.create: _thenUnwrap', {}, async (bench) => {
    const promise = create(bench, 'ok');
    const unwrapped = promise._thenUnwrap((value) => ({ upper: value.choices[0].message.content.toUpperCase() }));
    return { promise: describePromise(unwrapped), value: describe(await unwrapped), again: describe(await unwrapped) };
  }),
  operation('chat.create: _thenUnwrap with a transform that throws', {}, async (bench) => {
    const unwrapped = create(bench, 'ok')._thenUnwrap(() => {
      throw new RangeError('thrown by the caller');
    });
    return outcomeOf(() => unwrapped);
  }),
  operation('chat.create: Promise.all of five', { spans: 5 }, async (bench) => {
    const scenarios = ['ok', 'tools', 'slow-response:20', 'refusal', 'reasoning'];
    return describe(await Promise.all(scenarios.map((scenario) => create(bench, scenario))));
  }),
  operation('chat.create: Promise.allSettled with failures', { spans: 4 }, async (bench) => {
    const scenarios = ['ok', 'error-400', 'reset-before-response', 'error-500'];
    return describe(await Promise.allSettled(scenarios.map((scenario) => create(bench, scenario))));
  }),
  operation('chat.create: awaited later', {}, async (bench) => {
    const since = bench.server.requests.length;
    const promise = create(bench, 'ok');
    await bench.served(since);
    await bench.settle();
    return describe(await promise);
  }),
  operation('chat.create: not awaited, still sent', { endsWhenCollected: true }, async (bench) => {
    const since = bench.server.requests.length;
    void create(bench, 'ok');
    await bench.served(since);
    return { sent: bench.server.requests.length - since };
  }),
  operation('chat.create: not awaited and failing', {}, async (bench) => {
    const since = bench.server.requests.length;
    void create(bench, 'error-400');
    await bench.served(since);
    await bench.noticed();
    return { sent: bench.server.requests.length - since };
  }),
  operation('chat.create: parameters that are not frozen stay as they were', {}, async (bench) => {
    const params = {
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'hi' }],
      tools: [structuredClone(WEATHER_TOOL)],
    };
    const before = structuredClone(params);
    const value = await bench.client.chat.completions.create(params);
    return { value: describe(value), before, after: params };
  }),
  operation('chat.create: options are passed on', {}, async (bench) => {
    const options = Object.freeze({ headers: { 'x-mine': 'yes' }, query: { q: '1' }, timeout: 1_234 });
    return describe(await create(bench, 'ok', {}, options));
  }),
  operation('chat.create: a bad call throws what it threw', { spans: null }, async (bench) => {
    return outcomeOf(() => bench.client.chat.completions.create(undefined));
  }),
];
