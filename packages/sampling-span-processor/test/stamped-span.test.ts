import {
  ATTR_GENSPAN_SAMPLING_RATE,
  ATTR_GENSPAN_SAMPLING_REASON,
  ATTR_GENSPAN_SAMPLING_RULE,
  ATTR_GENSPAN_TRACE_COST_USD,
  ATTR_GENSPAN_TRACE_ERROR_COUNT,
  ATTR_GENSPAN_TRACE_SPAN_COUNT,
  ATTR_GENSPAN_TRACE_TOTAL_TOKENS,
} from '@genspan/semconv';
import { SampledProvider } from './sampled-provider.js';

test('a local root tells what decided and the totals of the trace, by the names of the conventions', () => {
  const app = new SampledProvider({ rules: [{ name: 'all' }], costOf: () => 0.25 });
  app.run('root', {
    attributes: { own: 'stays' },
    children: [
      {
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.usage.input_tokens': 3,
          'gen_ai.usage.output_tokens': 4,
        },
      },
    ],
  });
  expect(app.one('root').attributes).toEqual({
    own: 'stays',
    [ATTR_GENSPAN_SAMPLING_REASON]: 'rule',
    [ATTR_GENSPAN_SAMPLING_RULE]: 'all',
    [ATTR_GENSPAN_SAMPLING_RATE]: 1,
    [ATTR_GENSPAN_TRACE_SPAN_COUNT]: 2,
    [ATTR_GENSPAN_TRACE_ERROR_COUNT]: 0,
    [ATTR_GENSPAN_TRACE_TOTAL_TOKENS]: 7,
    [ATTR_GENSPAN_TRACE_COST_USD]: 0.25,
  });
  expect(Object.keys(app.one('child').attributes)).not.toContain(ATTR_GENSPAN_SAMPLING_REASON);
});

test('only a local root tells it, and each of several does', () => {
  const app = new SampledProvider();
  const root = app.start('root');
  const inner = app.start('inner', { parent: root });
  app.start('leaf', { parent: inner }).end();
  inner.end();
  root.end();
  expect(app.exported().map((span) => ATTR_GENSPAN_SAMPLING_REASON in span.attributes)).toEqual([false, false, true]);
});
