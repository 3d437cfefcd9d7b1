import { countOf, lossOf, lossesOf, lostAll, mergeResults } from '../src/export-losses.js';
import { OK, failure, lossesIn, spansNamed } from './scripted-exporter.js';

const spans = spansNamed('a b');

test('a failure that does not say what it lost has lost everything, with its error', () => {
  const [loss] = lossesOf({ spans, result: failure('down') });
  expect(loss).toMatchObject({ reason: 'export_failed', count: 2, spans, error: { message: 'down' } });
});

test('what losses say is all there is to it, whatever the code', () => {
  const losses = [lossOf(spans, 'rejected')];
  expect(lossesOf({ spans, result: { code: 0, losses } })).toBe(losses);
  expect(lossesOf({ spans, result: failure('nothing was lost', []) })).toEqual([]);
  expect(lossesOf({ spans, result: OK })).toEqual([]);
  expect(lossesOf({ spans: [], result: failure('empty') })).toEqual([]);
});

test('counts spans, named or not', () => {
  expect(countOf([lossOf(spans, 'timeout'), { reason: 'rejected', count: 3 }])).toBe(5);
});

test('parts become one result that failed if one did, with the losses of all', () => {
  const merged = mergeResults([
    { spans, result: OK },
    { spans: spansNamed('c'), result: failure('down') },
    { spans: spansNamed('d'), result: lostAll(spansNamed('d'), 'rate_limit', new Error('limit')) },
    { spans: spansNamed('e'), result: { code: 0, losses: [lossOf(spansNamed('e'), 'filtered')] } },
  ]);
  expect(merged).toMatchObject({ code: 1, error: { message: 'down' } });
  expect(lossesIn(merged)).toEqual(['export_failed: c', 'rate_limit: d', 'filtered: e']);
});

test('a single part keeps its own result, and parts that all arrived have no losses', () => {
  const result = failure('down');
  expect(mergeResults([{ spans, result }])).toBe(result);
  expect(
    mergeResults([
      { spans, result: OK },
      { spans, result: OK },
    ]),
  ).toEqual(OK);
});
