import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { createSpanPipeline } from '../src/index.js';
import { parseSpanPipelineOptions } from '../src/span-pipeline-options.js';

const delegate = new SimpleSpanProcessor({ exporter: new InMemorySpanExporter() });

test('the order is safety unless asked otherwise', () => {
  expect(parseSpanPipelineOptions({ delegate })).toEqual({ delegate, order: 'safety' });
});

test.each([
  [{}, 'Expected `delegate` to be a span processor (onStart, onEnd, forceFlush, shutdown), got `undefined`'],
  [{ delegate, order: 'fast' }, 'Expected `order` to be one of `safety`, `efficiency`, got `"fast"`'],
  [{ delegate, ordr: 'safety' }, 'Expected `options` to have only `delegate`, `order`, got `"ordr"`'],
])('refuses wrong options', (options, message) => {
  expect(() => void Reflect.apply(createSpanPipeline, undefined, [options])).toThrow(message);
});
