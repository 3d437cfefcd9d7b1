import { describe, describePromise, outcomeOf } from '../describe.mjs';
import { operation } from '../operation.mjs';

const create = (bench, scenario, more, options) =>
  bench.client.chat.completions.create(bench.chat(scenario, more), options);

const SCENARIOS = [
  'error-400',
  'error-401',
  'error-404',
  'error-429',
  'error-500',
  'reset-before-response',
  'not-json',
  'empty-204',
];

export const failures = [
  ...SCENARIOS.map((scenario) =>
    operation(`fails: ${scenario}`, {}, async (bench) => outcomeOf(() => create(bench, scenario))),
  ),
  operation('fails: withResponse of an error', {}, async (bench) => {
    return outcomeOf(() => create(bench, 'error-400').withResponse());
  }),
  operation('fails: asResponse of an error', {}, async (bench) =>
    outcomeOf(() => create(bench, 'error-429').asResponse()),
  ),
  operation('fails: two awaits give one error', {}, async (bench) => {
    const promise = create(bench, 'error-400');
    const [first, second] = [await promise.catch((e) => e), await promise.catch((e) => e)];
    return { same: first === second, promise: describePromise(promise), error: describe(first) };
  }),
  operation('fails: error by class', {}, async (bench) => {
    const { BadRequestError, APIError } = bench.openai;
    const error = await create(bench, 'error-400').catch((e) => e);
    return {
      bad: error instanceof BadRequestError,
      api: error instanceof APIError,
      stackStart: error.stack.split('\n')[0],
    };
  }),
  operation('fails: a stream that cannot start', {}, async (bench) => {
    return outcomeOf(() => create(bench, 'error-400', { stream: true }));
  }),
  operation('fails: nobody listens', {}, async (bench) => {
    bench.client.baseURL = 'http://127.0.0.1:9/v1';
    const { message, ...rest } = (await outcomeOf(() => create(bench, 'ok'))).thrown;
    return { message, class: rest['[error]'] };
  }),
  operation('retries: one span over a failure and an answer', {}, async (bench) => {
    const client = bench.makeClient({ maxRetries: 2 });
    return outcomeOf(() => client.chat.completions.create(bench.chat('flaky-once')));
  }),
  operation('retries: one span over all failures', {}, async (bench) => {
    const client = bench.makeClient({ maxRetries: 1 });
    return outcomeOf(() => client.chat.completions.create(bench.chat('error-429')));
  }),
  operation('retries: of one call', {}, async (bench) => {
    return outcomeOf(() => create(bench, 'flaky-once', { stream: false }, { maxRetries: 1 }));
  }),
  operation('timeout: of one call', {}, async (bench) => outcomeOf(() => create(bench, 'hang', {}, { timeout: 150 }))),
  operation('timeout: of the client', {}, async (bench) => {
    const client = bench.makeClient({ timeout: 150 });
    return outcomeOf(() => client.chat.completions.create(bench.chat('hang')));
  }),
  operation('abort: before the call', {}, async (bench) => {
    const controller = new AbortController();
    controller.abort();
    return outcomeOf(() => create(bench, 'ok', {}, { signal: controller.signal }));
  }),
  operation('abort: while waiting', {}, async (bench) => {
    const controller = new AbortController();
    const since = bench.server.requests.length;
    const promise = create(bench, 'hang', {}, { signal: controller.signal });
    const outcome = outcomeOf(() => promise);
    await bench.arrived(since);
    controller.abort();
    return outcome;
  }),
  operation('abort: with a reason', {}, async (bench) => {
    const controller = new AbortController();
    const since = bench.server.requests.length;
    const outcome = outcomeOf(() => create(bench, 'hang', {}, { signal: controller.signal }));
    await bench.arrived(since);
    controller.abort(new Error('the caller changed its mind'));
    return outcome;
  }),
  operation('abort: after the answer', {}, async (bench) => {
    const controller = new AbortController();
    const value = await create(bench, 'ok', {}, { signal: controller.signal });
    controller.abort();
    return describe(value);
  }),
];
