import { describe, outcomeOf } from '../describe.mjs';
import { operation } from '../operation.mjs';

// The application takes its time: garbage is collected between two of its steps, while it holds one thing only. None of
// these calls was let go, so none may be taken for one.

const create = (bench, more) => bench.client.chat.completions.create(bench.chat('ok', more));
const open = (bench) => create(bench, { stream: true });

/** Waits for the answer to be there and collects all garbage. */
async function takeTime(bench, since) {
  await bench.served(since);
  await bench.collect(() => false, 1);
  await bench.settle();
}

async function drain(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(describe(chunk));
  return chunks;
}

/** What is held, and what is done with it afterwards. */
const HELD = {
  'the promise of a value': [(bench) => [create(bench)], ([promise]) => promise],
  'the promise of a value, for its response': [(bench) => [create(bench)], ([promise]) => promise.withResponse()],
  'a promise derived by _thenUnwrap': [
    (bench) => [create(bench)._thenUnwrap(({ id }) => ({ id }))],
    ([promise]) => promise,
  ],
  'a promise derived by then': [(bench) => [create(bench).then(({ id }) => id)], ([promise]) => promise],
  'the promise of parse': [(bench) => [bench.chatHelpers.parse(bench.chat('ok'))], ([promise]) => promise],
  'the promise of a response': [
    (bench) => [bench.client.responses.create(bench.params({ model: 'm', input: 'hi' }))],
    ([promise]) => promise,
  ],
  'the promise of a stream': [(bench) => [open(bench)], async ([promise]) => drain(await promise)],
  'a stream': [async (bench) => [await open(bench)], ([stream]) => drain(stream)],
  'the iterator of a stream': [
    async (bench) => [(await open(bench))[Symbol.asyncIterator]()],
    async ([iterator]) => {
      const results = [];
      for (let result = await iterator.next(); !result.done; result = await iterator.next())
        results.push(describe(result));
      return results;
    },
  ],
  'half of a tee': [async (bench) => [(await open(bench)).tee()[1]], ([half]) => drain(half)],
  'a readable stream': [
    async (bench) => [(await open(bench)).toReadableStream()],
    async ([readable]) => {
      let text = '';
      for await (const bytes of readable) text += Buffer.from(bytes).toString();
      return text;
    },
  ],
  'a stream that was read in part': [
    async (bench) => {
      const iterator = (await open(bench))[Symbol.asyncIterator]();
      await iterator.next();
      return [iterator];
    },
    async ([iterator]) => {
      const results = [];
      for (let result = await iterator.next(); !result.done; result = await iterator.next())
        results.push(describe(result));
      return results;
    },
  ],
  'the helper of a stream': [
    (bench) => [bench.chatHelpers.stream(bench.chat('ok'))],
    ([runner]) => runner.finalChatCompletion(),
  ],
};

export const held = Object.entries(HELD).map(([name, [hold, use]]) =>
  operation(`held: ${name}`, {}, async (bench) => {
    const since = bench.server.requests.length;
    // In a list: a promise returned by itself would be awaited.
    const things = await hold(bench);
    await takeTime(bench, since);
    return outcomeOf(() => use(things));
  }),
);
