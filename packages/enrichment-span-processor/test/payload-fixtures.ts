import { SpanKind } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { parsePayloadOptions } from '../src/payload-options.js';
import type { PayloadOptions } from '../src/payload-options.js';
import { PayloadStep } from '../src/payload-step.js';
import { SpanDraft } from '../src/span-draft.js';

export const INPUT = 'gen_ai.input.messages';

interface TestEvent {
  readonly name: string;
  readonly attributes: Attributes;
}

/** What the step with these options makes of an ended span. */
export function apply(options: PayloadOptions, attributes: Attributes, event?: TestEvent) {
  const step = new PayloadStep(parsePayloadOptions('payload', options));
  const draft = new SpanDraft(spanWith(attributes, event));
  step.apply(draft);
  return { attributes: draft.attributes, events: draft.events, changes: draft.changes, stats: step.stats() };
}

function spanWith(attributes: Attributes, event: TestEvent | undefined): ReadableSpan {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  // Not by setAttribute: the SDK of the tests takes no structured values.
  provider.getTracer('test').startSpan('chat', { kind: SpanKind.CLIENT }).end();
  const [ended] = exporter.getFinishedSpans();
  if (ended === undefined) throw new Error('Expected a span');
  Object.assign(ended.attributes, attributes);
  if (event !== undefined) ended.events.push({ time: [0, 0], ...event });
  return ended;
}

export const text = (content: string) => ({ type: 'text', content });
export const message = (role: string, ...parts: object[]) => ({ role, parts });

export function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
