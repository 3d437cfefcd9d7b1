import { diag } from '@opentelemetry/api';
import { FailureCounter } from '@genspan/span-processor-base';
import type { ExportResultLike, SpanExporterLike } from '@genspan/span-processor-base';
import { recordWarnings } from '@genspan/test-utils';
import { GuardedExporter, guardedCallback } from '../src/guarded-exporter.js';
import { OK, ScriptedExporter, failure, lossesIn, spansNamed } from './scripted-exporter.js';

let failures: FailureCounter;
beforeEach(() => {
  recordWarnings();
  failures = new FailureCounter('Test', 'nothing happens');
});
afterEach(() => diag.disable());

/** A promise that rejects with anything. */
function rejection(reason: unknown): Promise<never> {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what others wrote may do so
  return Promise.reject(reason);
}

async function resultsOf(exporter: object): Promise<ExportResultLike[]> {
  const results: ExportResultLike[] = [];
  new GuardedExporter(exporter as SpanExporterLike, failures).export(spansNamed('a'), (result) => results.push(result));
  await new Promise((resolve) => setImmediate(resolve));
  return results;
}

test.each<[string, object, string]>([
  ['throws', new ScriptedExporter('throw'), 'thrown by the exporter'],
  ['rejects', { export: () => Promise.reject(new Error('async')) }, 'async'],
  ['throws what is no error', { export: () => rejection('text') }, 'Threw something that is not an Error'],
  ['calls back with nothing', { export: (_: unknown, done: () => void) => done() }, 'The exporter gave no result'],
  [
    'calls back with nonsense',
    { export: (_: unknown, done: (x: unknown) => void) => done({ code: 'no' }) },
    'no result',
  ],
])('one that %s has failed', async (_, exporter, message) => {
  expect(await resultsOf(exporter)).toEqual([
    { code: 1, error: expect.objectContaining({ message: expect.stringContaining(message) }) },
  ]);
});

test('the first result counts', async () => {
  const inner = new ScriptedExporter((done) => {
    done(OK);
    done(failure('second'));
    throw new Error('third');
  });
  expect(await resultsOf(inner)).toEqual([OK]);
});

test('losses that are no list are none', async () => {
  const inner = new ScriptedExporter({ code: 1, losses: 'all' } as never);
  expect(await resultsOf(inner)).toEqual([{ code: 1 }]);
});

test('after shutdown() it is not called, and is shut down once', async () => {
  const inner = new ScriptedExporter();
  const guarded = new GuardedExporter(inner, failures);
  await Promise.all([guarded.shutdown(), guarded.shutdown()]);
  const results: ExportResultLike[] = [];
  guarded.export(spansNamed('a b'), (result) => results.push(result));
  results.push(guarded.exportSync(spansNamed('c')));
  expect(results.map(lossesIn)).toEqual([['shutdown: a b'], ['shutdown: c']]);
  expect([inner.batches.length, inner.shutdowns]).toEqual([0, 1]);
});

test('what throws at exit is counted', () => {
  const inner = Object.assign(new ScriptedExporter(), {
    exportSync: () => {
      throw new Error('exit');
    },
    flushSync: () => {
      throw new Error('exit');
    },
    deliveryCounts: () => {
      throw new Error('counts');
    },
  });
  const guarded = new GuardedExporter(inner, failures);
  expect(guarded.exportSync(spansNamed('a'))).toMatchObject({ code: 1, error: { message: 'exit' } });
  guarded.flushSync();
  expect(guarded.deliveryCounts()).toEqual({ retried: 0, bytes: 0 });
  expect(failures.byOperation()).toEqual({ exportSync: 1, flushSync: 1, deliveryCounts: 1 });
});

test('a callback that throws or rejects is counted', async () => {
  guardedCallback(() => {
    throw new Error('callback');
  }, failures)(OK);
  const rejecting: unknown = () => rejection(new Error('async'));
  guardedCallback(rejecting as () => void, failures)(OK);
  await new Promise((resolve) => setImmediate(resolve));
  expect(failures.byOperation()).toEqual({ resultCallback: 2 });
});
