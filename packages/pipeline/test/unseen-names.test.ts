import { diag } from '@opentelemetry/api';
import { recordWarnings } from '@genspan/test-utils';
import { createSpanPipeline } from '../src/index.js';
import type { SpanPipelineOptions } from '../src/index.js';

const nothing = (): Promise<void> => Promise.resolve();
const delegate = { onStart: nothing, onEnd: nothing, forceFlush: nothing, shutdown: nothing };
const rules = [{ name: 'long', minTotalTokens: 100 }];

afterEach(() => diag.disable());

function warningsOf(options: Omit<SpanPipelineOptions, 'delegate'>): string[] {
  const lines = recordWarnings();
  createSpanPipeline({ ...options, delegate });
  return lines;
}

test('says that rules do not see what was replaced before', () => {
  const lines = warningsOf({ sampling: { rules }, mapping: { to: 'openinference', mode: 'replace' } });
  expect(lines).toEqual([expect.stringContaining('do not see the GenAI attributes')]);
});

test.each<Omit<SpanPipelineOptions, 'delegate'>>([
  { sampling: { rules }, mapping: { to: 'openinference' } },
  { sampling: { rules }, mapping: { to: ['openinference', 'genai'], mode: 'replace' } },
  { sampling: { rate: 0.5 }, mapping: { to: 'openinference', mode: 'replace' } },
  { mapping: { to: 'openinference', mode: 'replace' } },
  { order: 'efficiency', sampling: { rules }, mapping: { to: 'openinference', mode: 'replace' } },
])('says nothing with %j', (options) => {
  expect(warningsOf(options)).toEqual([]);
});
