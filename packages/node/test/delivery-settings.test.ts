import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectDelivery } from '../src/delivery-settings.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'delivery-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('takes what was given and leaves out what is undefined', () => {
  const onDrop = () => undefined;
  expect(expectDelivery({ rate: 0.5, retries: 0, onDrop, burst: undefined })).toEqual({
    rate: 0.5,
    retries: 0,
    onDrop,
  });
});

test('makes a directory that is missing, for its owner alone', () => {
  const spoolDirectory = join(folder, 'a/spool');
  expect(expectDelivery({ spoolDirectory })).toEqual({ spoolDirectory });
  expect(statSync(spoolDirectory).mode & 0o777).toBe(0o700);
});

test.each<[unknown, string]>([
  ['fast', 'Expected `delivery` to be an object, got `"fast"`'],
  [[], 'Expected `delivery` to be an object, got an array of 0'],
  [{ speed: 1 }, 'Expected `delivery` to have only '],
  [{ maxQueueBytes: -1 }, 'Expected `delivery.maxQueueBytes` to be an integer of at least 1, got `-1`'],
  [{ burst: 0.5 }, 'Expected `delivery.burst` to be an integer of at least 1, got `0.5`'],
  [{ rate: 0 }, 'Expected `delivery.rate` to be above 0, got `0`'],
  [{ maxRequestBytes: 10 }, 'Expected `delivery.maxRequestBytes` to be an integer of at least 1024, got `10`'],
  [{ dropPolicy: 'random' }, 'Expected `delivery.dropPolicy` to be one of'],
  [{ onDrop: {} }, 'Expected `delivery.onDrop` to be a function, got an object'],
  [{ spoolDirectory: '' }, 'Expected `delivery.spoolDirectory`'],
])('refuses the option %j', (value, message) => {
  expect(() => expectDelivery(value)).toThrow(message);
});

test('refuses a directory that cannot be one', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => expectDelivery({ failedPayloadsDirectory: file })).toThrow(
    'Expected `delivery.failedPayloadsDirectory` to be a directory that can be written to',
  );
});
