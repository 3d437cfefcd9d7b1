import { ROOT_CONTEXT, TraceFlags, createTraceState, trace } from '@opentelemetry/api';
import type { Attributes, Context, Span, SpanContext, SpanKind } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpan, Sampler } from '@opentelemetry/sdk-trace';
import { SamplingSpanProcessor } from '../src/index.js';
import type { SamplingSpanProcessorOptions } from '../src/index.js';

/** A trace id whose randomness is this share (0 to 1) of the whole range. */
export function traceIdAt(share: number, prefix = 1): string {
  const randomness = BigInt(Math.floor(share * 2 ** 52)) << 4n;
  return prefix.toString(16).padStart(18, '0') + randomness.toString(16).padStart(14, '0');
}

/** A real SDK whose spans pass the sampling stage into memory. */
export class SampledProvider {
  readonly #exported: ReadableSpan[] = [];
  readonly sampling: SamplingSpanProcessor;
  readonly provider: TracerProvider;
  #nextTraceId: string | undefined;
  #spans = 0;
  #traces = 0;

  constructor(options: Omit<SamplingSpanProcessorOptions, 'delegate'> = {}, sampler?: Sampler) {
    this.sampling = new SamplingSpanProcessor({
      ...options,
      // In the place of an exporter's processor, which looks at the flag, too.
      delegate: {
        onStart: () => undefined,
        onEnd: (span: ReadableSpan) => {
          if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) this.#exported.push(span);
        },
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    });
    this.provider = new TracerProvider({
      spanProcessors: [this.sampling],
      idGenerator: {
        generateTraceId: () => this.#nextTraceId ?? traceIdAt(0.5, ++this.#traces),
        generateSpanId: () => (++this.#spans).toString(16).padStart(16, '0'),
      },
      ...(sampler === undefined ? {} : { sampler }),
    });
  }

  /** Starts a span: a root when no parent is given. */
  start(name: string, { parent, traceId, ...options }: StartOptions = {}): Span {
    this.#nextTraceId = traceId;
    const context = parent === undefined ? ROOT_CONTEXT : contextOf(parent);
    return this.provider.getTracer('test').startSpan(name, options, context);
  }

  /** Runs a whole trace: children end in order, then the root. */
  run(name: string, { children = [], ...options }: StartOptions & { children?: readonly ChildOptions[] } = {}): Span {
    const root = this.start(name, options);
    for (const child of children) {
      const span = this.start(child.name ?? 'child', { ...child, parent: root });
      if (child.failed === true) span.setStatus({ code: 2 });
      span.end();
    }
    root.end();
    return root;
  }

  /** What was handed on to be exported, in order. */
  exported(): ReadableSpan[] {
    return this.#exported;
  }

  names(): string[] {
    return this.exported().map((span) => span.name);
  }

  /** The one exported span of this name. */
  one(name: string): ReadableSpan {
    const found = this.exported().filter((span) => span.name === name);
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} spans named ${name}`);
    return found[0];
  }
}

export interface StartOptions {
  readonly parent?: Span | SpanContext;
  readonly traceId?: string;
  readonly attributes?: Attributes;
  readonly kind?: SpanKind;
  readonly startTime?: number;
}

export interface ChildOptions extends Omit<StartOptions, 'parent' | 'traceId'> {
  readonly name?: string;
  readonly failed?: boolean;
}

/** The context of a caller in another process. */
export function remoteParent(traceId: string, traceState?: string, traceFlags = TraceFlags.SAMPLED): SpanContext {
  return {
    traceId,
    spanId: 'aaaaaaaaaaaaaaaa',
    traceFlags,
    isRemote: true,
    ...(traceState === undefined ? {} : { traceState: createTraceState(traceState) }),
  };
}

export function contextOf(parent: Span | SpanContext): Context {
  return 'traceId' in parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : trace.setSpan(ROOT_CONTEXT, parent);
}

/** The `tracestate` that a span carries. */
export function traceStateOf(span: ReadableSpan): string {
  return span.spanContext().traceState?.serialize() ?? '';
}
