import { readPriceModuleVersion } from '../src/price-module.cjs';
import { PRICE_TABLE_DATE, PRICE_TABLE_VERSION } from '../src/price-table-date.js';
import { PriceTable } from '../src/price-table.js';

test('the date is that of the installed table; after an update run scripts/price-table-date.mjs', () => {
  expect(PRICE_TABLE_VERSION).toBe(readPriceModuleVersion());
  expect(PRICE_TABLE_DATE).toMatch(/^20\d\d-\d\d-\d\d$/);
});

test('the table has no date before it is read', () => {
  const table = new PriceTable();
  expect(table.date).toBeUndefined();
  table.load();
  expect(table.date).toBe(PRICE_TABLE_DATE);
});
