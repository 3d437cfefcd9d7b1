import { context, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

import { describe, describePromise, outcomeOf } from '../describe.mjs';
import { operation } from '../operation.mjs';

async function texts(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk.choices?.[0]?.delta?.content ?? '';
  return text;
}

const azure = [
  operation('azure: chat.create', {}, async (bench) => {
    return outcomeOf(() => bench.makeAzureClient().chat.completions.create(bench.chat('ok')));
  }),
  operation('azure: chat streamed', {}, async (bench) => {
    return texts(await bench.makeAzureClient().chat.completions.create(bench.chat('ok', { stream: true })));
  }),
  operation('azure: deployment of the client', {}, async (bench) => {
    const client = bench.makeAzureClient({ deployment: 'mine' });
    return outcomeOf(() => client.chat.completions.create(bench.chat('ok')));
  }),
  operation('azure: responses.create', {}, async (bench) => {
    return outcomeOf(() => bench.makeAzureClient().responses.create(bench.params({ model: 'mine', input: 'hi' })));
  }),
  operation('azure: embeddings.create', {}, async (bench) => {
    return outcomeOf(() => bench.makeAzureClient().embeddings.create(bench.params({ model: 'mine', input: 'hi' })));
  }),
  operation('azure: token by a function', {}, async (bench) => {
    const azureADTokenProvider = async () => 'token-of-a-test';
    const client = bench.makeAzureClient({ apiKey: undefined, azureADTokenProvider });
    return outcomeOf(() => client.chat.completions.create(bench.chat('ok')));
  }),
  operation('azure: API error', {}, async (bench) => {
    return outcomeOf(() => bench.makeAzureClient().chat.completions.create(bench.chat('error-400')));
  }),
];

const settings = [
  operation('client.withOptions', { majors: [5, 6, 7] }, async (bench) => {
    const client = bench.client.withOptions({ maxRetries: 1, defaultHeaders: { 'x-mine': 'yes' } });
    const value = await client.chat.completions.create(bench.chat('flaky-once'));
    return { class: client.constructor.name, value: describe(value) };
  }),
  operation("client: a class of the application's own", {}, async (bench) => {
    class MyClient extends bench.openai.OpenAI {}
    const client = bench.wrapClient(new MyClient({ apiKey: 'k', baseURL: bench.server.baseURL, maxRetries: 0 }));
    const value = await client.chat.completions.create(bench.chat('ok'));
    return { own: client instanceof MyClient, openai: client instanceof bench.openai.OpenAI, value: describe(value) };
  }),
  operation('client: a method taken off its object', {}, async (bench) => {
    const { create } = bench.client.chat.completions;
    return outcomeOf(() => create.call(bench.client.chat.completions, bench.chat('ok')));
  }),
  operation('client: a method without its object', { spans: null }, async (bench) => {
    const { create } = bench.client.chat.completions;
    const { thrown } = await outcomeOf(() => create(bench.chat('ok')));
    return thrown['[error]'];
  }),
  operation('client: what its methods look like', { spans: 0 }, async (bench) => {
    const { chat, responses, embeddings } = bench.client;
    return [chat.completions, responses, embeddings].map((resource) => ({
      class: resource.constructor.name,
      keys: Object.keys(resource).sort(),
      create: [resource.create.name, resource.create.length],
      methods: Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).sort(),
    }));
  }),
  operation('client: fetch of the application', {}, async (bench) => {
    const seen = [];
    const fetch = async (url, init) => {
      seen.push({
        path: new URL(url).pathname,
        method: init.method,
        body: JSON.parse(init.body),
        store: bench.callerStore.getStore(),
      });
      return new Response('{"id":"x","choices":[]}', { headers: { 'content-type': 'application/json' } });
    };
    const client = bench.makeClient({ fetch });
    const value = await bench.callerStore.run('outer', () => client.chat.completions.create(bench.chat('ok')));
    return { value: describe(value), seen };
  }),
  operation('client: fetch that throws', {}, async (bench) => {
    const client = bench.makeClient({
      fetch: () => {
        throw new RangeError('thrown by fetch');
      },
    });
    return outcomeOf(() => client.chat.completions.create(bench.chat('ok')));
  }),
];

const contexts = [
  operation('context: after an await', {}, async (bench) => {
    return bench.callerStore.run('mine', async () => {
      const promise = bench.client.chat.completions.create(bench.chat('ok'));
      const during = bench.contexts();
      await promise;
      return { during, after: bench.contexts(), then: await promise.then(() => bench.contexts()) };
    });
  }),
  operation('context: in and after a loop over a stream', {}, async (bench) => {
    return bench.callerStore.run('mine', async () => {
      const seen = [];
      const stream = await bench.client.chat.completions.create(bench.chat('ok', { stream: true }));
      for await (const { id } of stream) seen.push([id, bench.contexts()]);
      return { seen, after: bench.contexts() };
    });
  }),
  operation('context: read where it was not opened', {}, async (bench) => {
    const stream = await bench.callerStore.run('opened', () =>
      bench.client.chat.completions.create(bench.chat('ok', { stream: true })),
    );
    return bench.callerStore.run('read', async () => {
      const seen = [];
      for await (const { id } of stream) seen.push([id, bench.contexts()]);
      return seen;
    });
  }),
  operation('context: a span of the caller around a call', {}, async (bench) => {
    const span = trace.wrapSpanContext({ ...bench.span.spanContext(), spanId: '00000000000000aa' });
    return context.with(trace.setSpan(context.active(), span), async () => {
      await bench.client.chat.completions.create(bench.chat('ok'));
      return { stillMine: trace.getActiveSpan() === span };
    });
  }),
  operation('context: tracing suppressed by the caller', { spans: 0 }, async (bench) => {
    return context.with(suppressTracing(context.active()), async () => {
      const value = await bench.client.chat.completions.create(bench.chat('ok'));
      const stream = await bench.client.chat.completions.create(bench.chat('ok', { stream: true }));
      return { value: describe(value), text: await texts(stream) };
    });
  }),
  operation('context: promise made and awaited apart', {}, async (bench) => {
    const promise = bench.callerStore.run('made', () => bench.client.chat.completions.create(bench.chat('ok')));
    const seen = await bench.callerStore.run('awaited', () => promise.then(() => bench.contexts()));
    return { promise: describePromise(promise), seen };
  }),
];

export const clients = [...azure, ...settings, ...contexts];
