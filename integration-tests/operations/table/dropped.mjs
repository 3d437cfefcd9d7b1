import { operation } from '../operation.mjs';

// The application lets go of something it has not read. What counts is that nothing is kept alive by watching it, and
// that its span still ends.

/** Runs `make` in a frame of its own and tells whether what it returned is collected. */
async function isCollected(bench, make) {
  const references = await (async () => (await make()).map((object) => new WeakRef(object)))();
  await bench.settle();
  return { collected: await bench.collect(() => references.every((reference) => reference.deref() === undefined)) };
}

const open = (bench, scenario) => bench.client.chat.completions.create(bench.chat(scenario, { stream: true }));

export const dropped = [
  operation('dropped: a stream never read', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => [await open(bench, 'ok')]);
  }),
  operation('dropped: a stream read in part', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => {
      const stream = await open(bench, 'ok');
      await stream[Symbol.asyncIterator]().next();
      return [stream];
    });
  }),
  operation('dropped: an iterator never asked', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => {
      const stream = await open(bench, 'ok');
      return [stream, stream[Symbol.asyncIterator]()];
    });
  }),
  operation('dropped: both halves of a tee', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => (await open(bench, 'ok')).tee());
  }),
  operation('dropped: the promise of a stream', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => {
      const since = bench.server.requests.length;
      const promise = open(bench, 'ok');
      await bench.served(since);
      return [promise];
    });
  }),
  operation('dropped: the promise of a value', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => {
      const since = bench.server.requests.length;
      const promise = bench.client.chat.completions.create(bench.chat('ok'));
      await bench.served(since);
      return [promise];
    });
  }),
  operation('dropped: the response of asResponse', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => [await open(bench, 'ok').asResponse()]);
  }),
  operation('dropped: a value that was read', {}, async (bench) => {
    return isCollected(bench, async () => [await bench.client.chat.completions.create(bench.chat('ok'))]);
  }),
  operation('dropped: a readable stream never read', { endsWhenCollected: true }, async (bench) => {
    return isCollected(bench, async () => [(await open(bench, 'ok')).toReadableStream()]);
  }),
];
