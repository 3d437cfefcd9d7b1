import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { createSpanPipeline } from '../src/index.js';
import { parseSpanPipelineOptions } from '../src/span-pipeline-options.js';

const delegate = new SimpleSpanProcessor({ exporter: new InMemorySpanExporter() });

test('the order is safety, and there is no stage, unless asked otherwise', () => {
  expect(parseSpanPipelineOptions({ delegate })).toEqual({
    delegate,
    order: 'safety',
    sampling: false,
    enrichment: false,
    mapping: false,
    redaction: false,
  });
});

test.each([
  [{}, 'Expected `delegate` to be a span processor (onStart, onEnd, forceFlush, shutdown), got `undefined`'],
  [{ delegate, order: 'fast' }, 'Expected `order` to be one of `safety`, `efficiency`, got `"fast"`'],
  [
    { delegate, ordr: 'safety' },
    'Expected `options` to have only `delegate`, `order`, `sampling`, `enrichment`, `mapping`, `redaction`, got `"ordr"`',
  ],
  [{ delegate, sampling: true }, 'Expected `sampling` to be an object or false, got `true`'],
  [{ delegate, sampling: [] }, 'Expected `sampling` to be an object or false, got an array of 0'],
  [{ delegate, sampling: { delegate } }, 'Expected `sampling.delegate` to be left to the pipeline, got an object'],
  [{ delegate, sampling: { rate: 1.5 } }, 'Expected `sampling.rate` between 0 and 1, got `1.5`'],
  [{ delegate, sampling: { rat: 1 } }, 'Expected `sampling` to have only'],
  [{ delegate, sampling: { rules: [{}] } }, 'Expected `sampling.rules[0].name` to be a non-empty string'],
  [{ delegate, enrichment: 1 }, 'Expected `enrichment` to be an object or false, got `1`'],
  [
    { delegate, enrichment: { attributes: { a: null } } },
    'Expected `enrichment.attributes.a` to be an attribute value or',
  ],
  [{ delegate, mapping: 1 }, 'Expected `mapping` to be an object or false, got `1`'],
  [{ delegate, mapping: { to: 'phoenix' } }, 'Expected `mapping.to` to be one of'],
  [{ delegate, redaction: true }, 'Expected `redaction` to be an object or false, got `true`'],
  [{ delegate, redaction: { delegate } }, 'Expected `redaction.delegate` to be left to the pipeline, got an object'],
  [{ delegate, redaction: { mode: 'hide' } }, 'Expected `redaction.mode` to be one of `mask`, `hash`'],
  [{ delegate, redaction: { detectors: ['mail'] } }, 'Expected `redaction.detectors[0]` to be one of'],
  [{ delegate, redaction: { rules: [{ name: 'a' }] } }, 'Expected `redaction.rules[0]` to have either a pattern or'],
  [{ delegate, redaction: { modes: 'mask' } }, 'Expected `redaction` to have only'],
  [{ delegate, redaction: { redactor: {} } }, 'Expected `redaction.redactor` to be a Redactor'],
])('refuses wrong options', (options, message) => {
  expect(() => void Reflect.apply(createSpanPipeline, undefined, [options])).toThrow(message);
});
