import { parseBufferedOptions } from '../src/buffered-options.js';
import { BufferedSpanProcessor } from '../src/index.js';
import type { BufferedSpanProcessorOptions } from '../src/index.js';
import { ScriptedExporter } from './scripted-exporter.js';

const exporter = new ScriptedExporter();

test('has the defaults that the documentation names', () => {
  expect(parseBufferedOptions({ exporter })).toEqual({
    exporter,
    maxQueueSize: 32_768,
    maxQueueBytes: 67_108_864,
    maxBatchSize: 512,
    maxBatchBytes: 4_194_304,
    scheduleDelayMillis: 5000,
    maxConcurrentExports: 4,
    exportTimeoutMillis: 30_000,
    shutdownTimeoutMillis: 5000,
    dropPolicy: 'newest',
    syncFlush: false,
    onDrop: undefined,
    onError: undefined,
    meterProvider: undefined,
  });
  expect(parseBufferedOptions({ exporter, maxQueueSize: 100 }).maxBatchSize).toBe(100);
  expect(parseBufferedOptions({ exporter, scheduleDelayMillis: 0 }).scheduleDelayMillis).toBe(0);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'no exporter',
    { exporter: undefined },
    'Expected `exporter` to be a span exporter (export, shutdown), got `undefined`',
  ],
  ['an exporter without shutdown', { exporter: { export() {} } }, 'Expected `exporter` to be a span exporter'],
  ['a negative queue', { maxQueueSize: -1 }, 'Expected `maxQueueSize` to be an integer of at least 1, got `-1`'],
  ['a fraction', { maxQueueBytes: 1.5 }, 'Expected `maxQueueBytes` to be an integer of at least 1, got `1.5`'],
  ['NaN', { maxBatchBytes: Number.NaN }, 'Expected `maxBatchBytes` to be an integer of at least 1, got `NaN`'],
  ['a batch of none', { maxBatchSize: 0 }, 'Expected `maxBatchSize` to be an integer of at least 1, got `0`'],
  [
    'a batch beyond the queue',
    { maxQueueSize: 10, maxBatchSize: 11 },
    'Expected `maxBatchSize` to be at most `maxQueueSize` (10), got `11`',
  ],
  [
    'a delay before now',
    { scheduleDelayMillis: -1 },
    'Expected `scheduleDelayMillis` to be an integer of at least 0, got `-1`',
  ],
  [
    'a delay no timer takes',
    { scheduleDelayMillis: 2 ** 31 },
    'Expected `scheduleDelayMillis` to be at most 2147483647, got `2147483648`',
  ],
  [
    'no concurrency',
    { maxConcurrentExports: 0 },
    'Expected `maxConcurrentExports` to be an integer of at least 1, got `0`',
  ],
  [
    'a timeout in words',
    { exportTimeoutMillis: '30s' },
    'Expected `exportTimeoutMillis` to be an integer of at least 1, got `"30s"`',
  ],
  [
    'no time to shut down',
    { shutdownTimeoutMillis: 0 },
    'Expected `shutdownTimeoutMillis` to be an integer of at least 1, got `0`',
  ],
  [
    'another policy',
    { dropPolicy: 'random' },
    'Expected `dropPolicy` to be one of `newest`, `oldest`, `leastImportant`, got `"random"`',
  ],
  ['a switch in words', { syncFlush: 'yes' }, 'Expected `syncFlush` to be true or false, got `"yes"`'],
  ['a hook that is none', { onDrop: 7 }, 'Expected `onDrop` to be a function, got `7`'],
  ['a hook that is null', { onError: null }, 'Expected `onError` to be a function, got `null`'],
  [
    'no meter provider',
    { meterProvider: {} },
    'Expected `meterProvider` to be a meter provider (getMeter), got an object',
  ],
  ['the name of the SDK', { maxExportBatchSize: 1 }, 'Expected `options` to have only'],
])('refuses %s', (_, wrong, message) => {
  const options = { exporter, ...wrong } as BufferedSpanProcessorOptions;
  expect(() => new BufferedSpanProcessor(options)).toThrow(message);
  expect(() => new BufferedSpanProcessor(options)).toThrow(expect.objectContaining({ name: 'OptionError' }) as Error);
});

test('refuses to be constructed from nothing', () => {
  const construct = BufferedSpanProcessor as new (options?: object) => BufferedSpanProcessor;
  expect(() => new construct()).toThrow('Expected `exporter` to be a span exporter');
  expect(() => new construct(exporter)).toThrow('Expected `options` to have only');
});
