import { diag } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { buildSpan, recordWarnings } from '@genspan/test-utils';
import { FailureCounter, InPlaceSpanProcessor } from '../src/index.js';
import type { SpanChanges } from '../src/index.js';

function stageWith(changes: (calls: number) => SpanChanges | undefined): {
  stage: InPlaceSpanProcessor;
  calls: () => number;
  failures: FailureCounter;
} {
  let calls = 0;
  const failures = new FailureCounter('Test', 'nothing');
  const stage = new InPlaceSpanProcessor('TestProcessor', failures, () => changes((calls += 1)));
  return { stage, calls: () => calls, failures };
}

afterEach(() => diag.disable());

test('changes what exporters before and after it get, once per span', () => {
  const exporters = [new InMemorySpanExporter(), new InMemorySpanExporter()];
  const { stage, calls } = stageWith(() => ({ attributes: { a: 2 }, name: 'new' }));
  const [before, after] = exporters.map((exporter) => new SimpleSpanProcessor({ exporter }));
  const provider = new TracerProvider({ spanProcessors: [before!, stage, after!] });
  provider
    .getTracer('t')
    .startSpan('old', { attributes: { a: 1, b: 1 } })
    .end();
  for (const exporter of exporters) {
    expect(exporter.getFinishedSpans()[0]).toMatchObject({ name: 'new', attributes: { a: 2 } });
    expect(exporter.getFinishedSpans()[0]?.attributes).not.toHaveProperty('b');
  }
  expect(calls()).toBe(1);
});

test('works at the end where nobody tells that a span is ending, and says so once', () => {
  const lines = recordWarnings();
  const { stage, calls } = stageWith(() => ({ name: 'new' }));
  const spans = [buildSpan({ name: 'a' }), buildSpan({ name: 'b' })];
  for (const span of spans) stage.onEnd(span);
  expect(spans.map(({ name }) => name)).toEqual(['new', 'new']);
  expect(calls()).toBe(2);
  expect(lines).toEqual([expect.stringContaining('TestProcessor: nothing calls `onEnding`')]);
});

test('counts what cannot be written', () => {
  const { stage, failures } = stageWith(() => ({ name: 'new' }));
  stage.onEnd(Object.freeze({ ...buildSpan(), name: 'old' }));
  expect(failures.byOperation()).toEqual({ overwrite: 1 });
});
