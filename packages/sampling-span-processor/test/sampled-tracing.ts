import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import type { Context, Span, SpanOptions, Tracer } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpan, Sampler } from '@opentelemetry/sdk-trace';
import { GenAISampler } from '../src/genai-sampler.js';
import type { GenAISamplerOptions } from '../src/genai-sampler-options.js';

const propagator = new W3CTraceContextPropagator();

/** One service with the SDK, a sampler and an exporter in memory. */
export class SampledService {
  readonly sampler: GenAISampler;
  readonly tracer: Tracer;
  /** Spans in the order in which they ended, recorded or not sampled. */
  readonly ended: ReadableSpan[] = [];
  readonly #exporter = new InMemorySpanExporter();

  /**
   * @param wrap - puts the sampler into another one
   */
  constructor(options?: GenAISamplerOptions, wrap: (sampler: GenAISampler) => Sampler = (sampler) => sampler) {
    this.sampler = new GenAISampler(options);
    const provider = new TracerProvider({
      sampler: wrap(this.sampler),
      spanProcessors: [
        new SimpleSpanProcessor({ exporter: this.#exporter }),
        {
          onStart: () => {},
          onEnd: (span) => void this.ended.push(span),
          forceFlush: async () => {},
          shutdown: async () => {},
        },
      ],
    });
    this.tracer = provider.getTracer('test');
  }

  get exported(): string[] {
    return this.#exporter.getFinishedSpans().map(({ name }) => name);
  }

  /** Starts and ends a span. */
  span(name: string, options: SpanOptions = {}, context: Context = ROOT_CONTEXT): Span {
    const span = this.tracer.startSpan(name, options, context);
    span.end();
    return span;
  }
}

/** The headers that a service sends from within this span. */
export function sent(span: Span): Record<string, string> {
  const headers: Record<string, string> = {};
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
  return headers;
}

/** The context of a service that received these headers. */
export function received(headers: Record<string, string>): Context {
  return propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}

export function isSampled(span: Span): boolean {
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}

export function traceStateOf(span: Span): string | undefined {
  return span.spanContext().traceState?.serialize();
}

/**
 * Trace ids whose randomness is spread evenly: a low-discrepancy sequence in place of chance, so that no test fails by bad
 * luck.
 *
 * @param index - from 1 on
 */
export function evenTraceId(index: number): string {
  const randomness = BigInt(Math.floor(((index * GOLDEN_RATIO) % 1) * 2 ** 56));
  return `${'1'.repeat(18)}${randomness.toString(16).padStart(14, '0')}`;
}

const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
