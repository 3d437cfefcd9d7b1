import { describe, describeStream, outcomeOf } from '../describe.mjs';
import { operation, SINCE_5, TIME_TOOL, WEATHER_TOOL } from '../operation.mjs';

const USAGE = { stream_options: { include_usage: true } };

const open = (bench, scenario, more, options) =>
  bench.client.chat.completions.create(bench.chat(scenario, { stream: true, ...more }), options);

/** All chunks, and how the stream ended. */
async function drain(stream) {
  const chunks = [];
  const end = await outcomeOf(async () => {
    for await (const chunk of stream) chunks.push(describe(chunk));
  });
  return { chunks, end };
}

const READ_TO_THE_END = {
  plain: ['ok', {}],
  'with usage': ['ok', USAGE],
  'three choices': ['ok', { n: 3, ...USAGE }],
  tools: ['ok', { tools: [WEATHER_TOOL] }],
  'parallel tools, interleaved': ['tools-parallel', { tools: [WEATHER_TOOL, TIME_TOOL], ...USAGE }],
  refusal: ['refusal', {}],
  reasoning: ['reasoning', USAGE],
  logprobs: ['ok', { logprobs: true }],
  audio: ['ok', { modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'pcm16' } }],
  'odd chunks': ['odd-chunks', USAGE],
  'a null choice': ['null-choice', {}],
  slow: ['slow-stream:2', {}],
  'an error event': ['error-mid-stream', {}],
  'a reset': ['reset-mid-stream', {}],
  'bad JSON': ['invalid-json-mid-stream', {}],
  'an early end': ['end-mid-stream', {}],
  'no event at all': ['end-mid-stream:0', {}],
  'a first event that is an error': ['error-mid-stream:0', {}],
};

export const streams = [
  ...Object.entries(READ_TO_THE_END).map(([name, [scenario, more]]) =>
    operation(`stream read to the end: ${name}`, {}, async (bench) => drain(await open(bench, scenario, more))),
  ),
  operation('stream: what it is', {}, async (bench) => {
    const stream = await open(bench, 'ok');
    const before = describeStream(stream);
    await drain(stream);
    return { before, after: describeStream(stream) };
  }),
  operation('stream: withResponse', {}, async (bench) => {
    const { data, response, request_id } = await open(bench, 'ok').withResponse();
    return { stream: describeStream(data), response: describe(response), request_id, read: await drain(data) };
  }),
  operation('stream: asResponse, the events read by the caller', {}, async (bench) => {
    const response = await open(bench, 'ok').asResponse();
    return { before: describe(response), text: await response.text() };
  }),
  operation('stream: two awaits give one stream', {}, async (bench) => {
    const promise = open(bench, 'ok');
    const [first, second] = [await promise, await promise];
    return { same: first === second, read: await drain(first) };
  }),
  operation('stream: not awaited and failing', {}, async (bench) => {
    const since = bench.server.requests.length;
    void open(bench, 'error-400');
    await bench.served(since);
    await bench.noticed();
    return {};
  }),
  operation('stream: break', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const chunks = [];
    for await (const chunk of stream) {
      chunks.push(describe(chunk));
      if (chunks.length === 2) break;
    }
    return { chunks, after: describeStream(stream) };
  }),
  operation('stream: a throw in the loop', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const end = await outcomeOf(async () => {
      for await (const chunk of stream) throw new RangeError(`thrown by the caller at ${chunk.id}`);
    });
    return { end, after: describeStream(stream) };
  }),
  operation('stream: controller.abort() in the loop', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const chunks = [];
    const end = await outcomeOf(async () => {
      for await (const chunk of stream) {
        chunks.push(describe(chunk));
        if (chunks.length === 2) stream.controller.abort();
      }
    });
    return { chunks, end, after: describeStream(stream) };
  }),
  // Version 4 never settles here, so there is nothing to compare.
  operation('stream: controller.abort() before the loop', { majors: SINCE_5 }, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    stream.controller.abort();
    return drain(stream);
  }),
  operation('stream: controller.abort() and never read', { endsWhenCollected: true }, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    stream.controller.abort();
    return describeStream(stream);
  }),
  operation('stream: signal aborted in the loop', {}, async (bench) => {
    const controller = new AbortController();
    const stream = await open(bench, 'hang-mid-stream:3', {}, { signal: controller.signal });
    const chunks = [];
    const end = await outcomeOf(async () => {
      for await (const chunk of stream) {
        chunks.push(describe(chunk));
        if (chunks.length === 2) controller.abort();
      }
    });
    return { chunks, end };
  }),
  operation('stream: signal aborted before it opens', {}, async (bench) => {
    const controller = new AbortController();
    const since = bench.server.requests.length;
    const outcome = outcomeOf(() => open(bench, 'hang', {}, { signal: controller.signal }));
    await bench.arrived(since);
    controller.abort();
    return outcome;
  }),
  operation('stream: tee, both read', {}, async (bench) => {
    const [left, right] = (await open(bench, 'ok', USAGE)).tee();
    const streams = [describeStream(left), describeStream(right)];
    return { streams, read: await Promise.all([drain(left), drain(right)]) };
  }),
  operation('stream: tee, one after the other', {}, async (bench) => {
    const [left, right] = (await open(bench, 'ok')).tee();
    return { left: await drain(left), right: await drain(right) };
  }),
  operation('stream: tee, one abandoned', {}, async (bench) => {
    const [left] = (await open(bench, 'ok')).tee();
    return drain(left);
  }),
  operation('stream: tee, one broken off', {}, async (bench) => {
    const [left, right] = (await open(bench, 'ok')).tee();
    const taken = [];
    for await (const chunk of left) if (taken.push(describe(chunk)) === 2) break;
    return { taken, right: await drain(right) };
  }),
  operation('stream: tee of a stream that breaks', {}, async (bench) => {
    const [left, right] = (await open(bench, 'error-mid-stream')).tee();
    return { left: await drain(left), right: await drain(right) };
  }),
  operation('stream: toReadableStream', {}, async (bench) => {
    const readable = (await open(bench, 'ok', USAGE)).toReadableStream();
    let text = '';
    for await (const bytes of readable) text += Buffer.from(bytes).toString();
    return { class: readable.constructor.name, text };
  }),
  operation('stream: toReadableStream, cancelled', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const reader = stream.toReadableStream().getReader();
    const first = await reader.read();
    await reader.cancel('enough');
    return { first: Buffer.from(first.value).toString(), after: describeStream(stream) };
  }),
  operation('stream: read there, written back, read again', {}, async (bench) => {
    const stream = await open(bench, 'ok');
    const again = stream.constructor.fromReadableStream(stream.toReadableStream(), new AbortController());
    return { stream: describeStream(again), read: await drain(again) };
  }),
  operation('stream: read twice', {}, async (bench) => {
    const stream = await open(bench, 'ok');
    return { first: await drain(stream), second: await drain(stream) };
  }),
  operation('stream: read again after a break', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const taken = [];
    for await (const chunk of stream) if (taken.push(describe(chunk)) === 1) break;
    return { taken, again: await drain(stream) };
  }),
];
