import { describe, describePromise, outcomeOf } from '../describe.mjs';
import { operation, TIME_TOOL, WEATHER_TOOL } from '../operation.mjs';

const answerFormat = ({ z, zodHelpers }) =>
  zodHelpers.zodResponseFormat(z.object({ city: z.string(), days: z.number().int(), sunny: z.boolean() }), 'answer');

/** A tool for runTools, with the function that the helper calls, and a record of the calls. */
function runnableTools(bench, calls, result = async () => 'sunny') {
  const callback = async (args) => {
    calls.push({ args: describe(args), contexts: bench.contexts() });
    return result();
  };
  const { name, description, parameters } = WEATHER_TOOL.function;
  return [{ type: 'function', function: { name, description, parameters, parse: JSON.parse, function: callback } }];
}

export const chatHelpers = [
  operation('chat.parse: plain', {}, async (bench) => outcomeOf(() => bench.chatHelpers.parse(bench.chat('ok')))),
  operation('chat.parse: zod response format', {}, async (bench) => {
    const response_format = answerFormat(bench);
    const params = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }], response_format };
    return outcomeOf(() => bench.chatHelpers.parse(params));
  }),
  operation('chat.parse: zod function', {}, async (bench) => {
    const { z, zodHelpers } = bench;
    const tools = [zodHelpers.zodFunction({ name: 'get_weather', parameters: z.object({ city: z.string() }) })];
    return outcomeOf(() =>
      bench.chatHelpers.parse({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }], tools }),
    );
  }),
  operation('chat.parse: what the promise is, withResponse', {}, async (bench) => {
    const promise = bench.chatHelpers.parse(bench.chat('ok'));
    const { data, response, request_id } = await promise.withResponse();
    const again = await promise;
    return {
      promise: describePromise(promise),
      data: describe(data),
      response: describe(response),
      request_id,
      same: again === data,
    };
  }),
  operation('chat.parse: asResponse', {}, async (bench) => {
    const response = await bench.chatHelpers.parse(bench.chat('ok')).asResponse();
    return { response: describe(response), body: await response.json() };
  }),
  operation('chat.parse: options are passed on', {}, async (bench) => {
    return outcomeOf(() => bench.chatHelpers.parse(bench.chat('hang'), { timeout: 150, headers: { 'x-mine': 'yes' } }));
  }),
  operation('chat.parse: cut off', {}, async (bench) =>
    outcomeOf(() => bench.chatHelpers.parse(bench.chat('incomplete'))),
  ),
  operation('chat.parse: API error', {}, async (bench) =>
    outcomeOf(() => bench.chatHelpers.parse(bench.chat('error-400'))),
  ),
  operation('chat.stream: finalChatCompletion', {}, async (bench) => {
    const runner = bench.chatHelpers.stream(bench.chat('ok', { stream_options: { include_usage: true } }));
    return {
      class: runner.constructor.name,
      keys: Object.keys(runner).sort(),
      final: describe(await runner.finalChatCompletion()),
    };
  }),
  operation('chat.stream: events', {}, async (bench) => {
    const runner = bench.chatHelpers.stream(bench.chat('ok'));
    const events = [];
    for (const name of [
      'connect',
      'chunk',
      'content',
      'content.delta',
      'content.done',
      'message',
      'chatCompletion',
      'finalContent',
      'finalChatCompletion',
      'totalUsage',
      'end',
    ]) {
      runner.on(name, (...args) => events.push([name, describe(args), bench.contexts()]));
    }
    await runner.done();
    return { events, content: await runner.finalContent(), messages: describe(runner.messages) };
  }),
  operation('chat.stream: iterated', {}, async (bench) => {
    const chunks = [];
    const runner = bench.chatHelpers.stream(bench.chat('tools-parallel', { tools: [WEATHER_TOOL, TIME_TOOL] }));
    for await (const chunk of runner) chunks.push(describe(chunk));
    return { chunks, final: await outcomeOf(() => runner.finalMessage()) };
  }),
  operation('chat.stream: iterated, tools that are not strict', {}, async (bench) => {
    const names = [];
    const runner = bench.chatHelpers.stream(bench.chat('tools-parallel', { tools: [TIME_TOOL] }));
    runner.on('tool_calls.function.arguments.done', (event) => names.push(describe(event)));
    const ids = [];
    for await (const { id } of runner) ids.push(id);
    return { ids, names, final: await outcomeOf(() => runner.finalMessage()) };
  }),
  operation('chat.stream: zod response format', {}, async (bench) => {
    const params = {
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'hi' }],
      response_format: answerFormat(bench),
    };
    return describe(await bench.chatHelpers.stream(params).finalChatCompletion());
  }),
  operation('chat.stream: abort', {}, async (bench) => {
    const runner = bench.chatHelpers.stream(bench.chat('hang-mid-stream:3'));
    const events = [];
    runner.on('abort', (error) => events.push(['abort', describe(error)]));
    runner.on('error', (error) => events.push(['error', describe(error)]));
    runner.on('end', () => events.push(['end']));
    runner.once('content', () => runner.abort());
    const end = await outcomeOf(() => runner.finalChatCompletion());
    return { events, end, flags: [runner.aborted, runner.errored, runner.ended] };
  }),
  operation('chat.stream: broken off by the reader', {}, async (bench) => {
    const runner = bench.chatHelpers.stream(bench.chat('hang-mid-stream:3'));
    runner.on('error', () => {});
    const chunks = [];
    for await (const chunk of runner) {
      chunks.push(describe(chunk));
      if (chunks.length === 2) break;
    }
    await bench.settle();
    return { chunks, flags: [runner.aborted, runner.errored, runner.ended] };
  }),
  operation('chat.stream: an error event', {}, async (bench) => {
    return outcomeOf(() => bench.chatHelpers.stream(bench.chat('error-mid-stream')).finalChatCompletion());
  }),
  operation('chat.stream: API error', {}, async (bench) => {
    return outcomeOf(() => bench.chatHelpers.stream(bench.chat('error-400')).finalChatCompletion());
  }),
  operation('chat.stream: nobody listens to its error', {}, async (bench) => {
    const since = bench.server.requests.length;
    bench.chatHelpers.stream(bench.chat('error-400'));
    await bench.served(since);
    await bench.noticed();
    return {};
  }),
  operation('chat.stream: toReadableStream and back', {}, async (bench) => {
    const runner = bench.chatHelpers.stream(bench.chat('ok'));
    const again = runner.constructor.fromReadableStream(runner.toReadableStream());
    return describe(await again.finalChatCompletion());
  }),
  operation('runTools: two turns', { spans: 2 }, async (bench) => {
    const calls = [];
    const runner = bench.chatHelpers.runTools({ ...bench.chat('ok'), tools: runnableTools(bench, calls) });
    const messages = [];
    runner.on('message', (message) => messages.push(describe(message)));
    const content = await runner.finalContent();
    return { class: runner.constructor.name, content, calls, messages, usage: describe(await runner.totalUsage()) };
  }),
  operation('runTools: streamed', { spans: 2 }, async (bench) => {
    const calls = [];
    const runner = bench.chatHelpers.runTools({
      ...bench.chat('ok', { stream: true }),
      tools: runnableTools(bench, calls),
    });
    const chunks = [];
    for await (const chunk of runner) chunks.push(describe(chunk));
    return { class: runner.constructor.name, chunks, calls, content: await runner.finalContent() };
  }),
  operation('runTools: a tool that throws', {}, async (bench) => {
    const calls = [];
    const tools = runnableTools(bench, calls, () => {
      throw new RangeError('thrown by the tool');
    });
    return outcomeOf(() => bench.chatHelpers.runTools({ ...bench.chat('ok'), tools }).finalContent());
  }),
  operation('runTools: API error in the first turn', {}, async (bench) => {
    const tools = runnableTools(bench, []);
    return outcomeOf(() => bench.chatHelpers.runTools({ ...bench.chat('error-400'), tools }).finalContent());
  }),
  // Before 7 the helper starts its second call with a signal that is aborted already.
  operation('runTools: abort in the tool', { spans: { 4: 2, 5: 2, 6: 2, 7: 1 } }, async (bench) => {
    const calls = [];
    const tools = runnableTools(bench, calls, () => runner.abort());
    const runner = bench.chatHelpers.runTools({ ...bench.chat('ok'), tools });
    return { end: await outcomeOf(() => runner.finalContent()), calls };
  }),
];
