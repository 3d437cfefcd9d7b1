import { buildSpan } from '@genspan/test-utils';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PriceTableWarmUp } from '../src/price-table-warm-up.js';

const span = (attributes: Record<string, string>) => buildSpan({ attributes });

test('reads the table once, behind what runs when the first GenAI span starts', async () => {
  const load = jest.fn();
  const warmUp = new PriceTableWarmUp(true, load);
  warmUp.onStart(span({ 'http.request.method': 'GET' }));
  await nextTurn();
  expect(load).not.toHaveBeenCalled();
  warmUp.onStart(span({ 'gen_ai.operation.name': 'chat' }));
  warmUp.onStart(span({ 'gen_ai.operation.name': 'chat' }));
  expect(load).not.toHaveBeenCalled();
  await nextTurn();
  await nextTurn();
  expect(load).toHaveBeenCalledTimes(1);
});

test('never reads a table that is not asked for', async () => {
  const load = jest.fn();
  new PriceTableWarmUp(false, load).onStart(span({ 'gen_ai.operation.name': 'chat' }));
  await nextTurn();
  await nextTurn();
  expect(load).not.toHaveBeenCalled();
});
