import { describe, describeStream, outcomeOf } from '../describe.mjs';
import { operation } from '../operation.mjs';

const open = (bench, scenario, more) =>
  bench.client.chat.completions.create(bench.chat(scenario, { stream: true, ...more }));

const iterate = (stream) => stream[Symbol.asyncIterator]();

/** A body that hands out one event per pull and counts what is asked of it. */
function countingFetch(events) {
  const counts = { pulls: 0, cancelled: 0, calls: 0 };
  const fetch = async () => {
    counts.calls += 1;
    let next = 0;
    const body = new ReadableStream(
      {
        pull(controller) {
          counts.pulls += 1;
          if (next === events) return controller.close();
          const data = {
            id: 'c',
            model: 'm',
            choices: [{ index: 0, delta: { content: `${next}` }, finish_reason: null }],
          };
          controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`));
          next += 1;
        },
        cancel() {
          counts.cancelled += 1;
        },
      },
      { highWaterMark: 0 },
    );
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  return { fetch, counts };
}

export const iterators = [
  operation('iterator: its shape', {}, async (bench) => {
    const iterator = iterate(await open(bench, 'ok'));
    const shape = {
      class: Object.prototype.toString.call(iterator),
      methods: ['next', 'return', 'throw'].map((name) => typeof iterator[name]),
      itself: iterator[Symbol.asyncIterator]() === iterator,
    };
    const results = [];
    for (let result = await iterator.next(); !result.done; result = await iterator.next())
      results.push(describe(result));
    return { shape, results, after: describe([await iterator.next(), await iterator.return('r')]) };
  }),
  operation('iterator: return after one', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const iterator = iterate(stream);
    const results = [await iterator.next(), await iterator.return('done'), await iterator.next()];
    return { results: describe(results), after: describeStream(stream) };
  }),
  operation('iterator: throw after one', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const iterator = iterate(stream);
    const first = describe(await iterator.next());
    const thrown = await outcomeOf(() => iterator.throw(new RangeError('thrown in by the caller')));
    return { first, thrown, next: describe(await iterator.next()), after: describeStream(stream) };
  }),
  operation('iterator: return before next', { endsWhenCollected: true }, async (bench) => {
    const stream = await open(bench, 'ok');
    const iterator = iterate(stream);
    const results = [await iterator.return('early'), await iterator.next()];
    return { results: describe(results), after: describeStream(stream) };
  }),
  operation('iterator: throw before next', { endsWhenCollected: true }, async (bench) => {
    const stream = await open(bench, 'ok');
    const iterator = iterate(stream);
    return { thrown: await outcomeOf(() => iterator.throw(new RangeError('early'))), after: describeStream(stream) };
  }),
  operation('iterator: three nexts at once', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const iterator = iterate(stream);
    const results = await Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    await iterator.return();
    return describe(results);
  }),
  operation('iterator: two of one stream', {}, async (bench) => {
    const stream = await open(bench, 'hang-mid-stream:3');
    const [first, second] = [iterate(stream), iterate(stream)];
    const results = [describe(await first.next()), await outcomeOf(() => second.next()), describe(await first.next())];
    await first.return();
    return results;
  }),
  operation('pulls: none before the caller asks', { endsWhenCollected: true }, async (bench) => {
    const { fetch, counts } = countingFetch(6);
    const client = bench.makeClient({ fetch });
    const stream = await client.chat.completions.create(bench.chat('ok', { stream: true }));
    await bench.settle();
    return { counts, stream: describeStream(stream) };
  }),
  operation('pulls: as many as the caller asks for', {}, async (bench) => {
    const { fetch, counts } = countingFetch(6);
    const client = bench.makeClient({ fetch });
    const iterator = iterate(await client.chat.completions.create(bench.chat('ok', { stream: true })));
    const history = [];
    for (let taken = 0; taken < 3; taken += 1) {
      const { value } = await iterator.next();
      await bench.settle();
      history.push([value.choices[0].delta.content, counts.pulls]);
    }
    await iterator.return();
    await bench.settle();
    return { history, counts };
  }),
  operation('pulls: all of it, read to the end', {}, async (bench) => {
    const { fetch, counts } = countingFetch(6);
    const client = bench.makeClient({ fetch });
    let text = '';
    for await (const chunk of await client.chat.completions.create(bench.chat('ok', { stream: true }))) {
      text += chunk.choices[0].delta.content;
    }
    return { text, counts };
  }),
  operation('pulls: tee pulls once for both', {}, async (bench) => {
    const { fetch, counts } = countingFetch(6);
    const client = bench.makeClient({ fetch });
    const [left, right] = (await client.chat.completions.create(bench.chat('ok', { stream: true }))).tee();
    const [a, b] = [iterate(left), iterate(right)];
    await a.next();
    const afterOne = counts.pulls;
    await b.next();
    const afterBoth = counts.pulls;
    for (const iterator of [a, b]) while (!(await iterator.next()).done);
    return { afterOne, afterBoth, counts };
  }),
  operation('pulls: a slow reader holds the server back', {}, async (bench) => {
    const since = bench.server.requests.length;
    const iterator = iterate(await open(bench, 'long-stream:4000'));
    await iterator.next();
    await bench.settle(60);
    const request = bench.server.requests[since];
    const heldBack = request.outcome === 'pending' && request.sentEvents < 4000;
    await iterator.return();
    await bench.served(since);
    return { heldBack, outcome: request.outcome };
  }),
];
