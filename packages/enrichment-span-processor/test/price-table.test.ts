import { diag } from '@opentelemetry/api';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { PriceTable } from '../src/price-table.js';

const called = { provider: 'openai', host: undefined, responseModel: undefined, requestModel: 'gpt-4o' };

test('a table that does not load is told once, and has no prices', () => {
  const warn = jest.spyOn(diag, 'warn').mockImplementation(() => undefined);
  const table = new PriceTable(() => {
    throw new Error('not in the bundle');
  });
  expect(table.find(called)).toBeUndefined();
  expect(table.find(called)).toBeUndefined();
  expect(table.date).toBeUndefined();
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

test('prices of the table that contradict each other are none', () => {
  const table = new PriceTable(() => ({
    findProvider,
    calcPrice: () => {
      throw new Error('Missing ancestor price key');
    },
  }));
  expect(table.find(called)).toBeUndefined();
});

test('the response names the model, the request where the response names none that is known', () => {
  const models: string[] = [];
  const table = new PriceTable(() => ({
    findProvider,
    calcPrice: (...args) => {
      models.push(args[1]);
      return calcPrice(...args);
    },
  }));
  expect(table.find({ ...called, responseModel: 'unheard-of' })?.[0]?.sheet?.input).toBe(2.5);
  expect(models).toEqual(['unheard-of', 'gpt-4o']);
});
