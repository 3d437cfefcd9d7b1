import { SpanStatusCode, type Attributes, type Context, type Span } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GENSPAN_RESPONSE_OUTCOME,
} from '@genspan/semconv';
import type { GenAIRecorder } from './genai-recorder.js';
import type { GenAIRequest } from './genai-request.js';
import type { GenAIFailure, GenAIResult, ResponseOutcome } from './genai-result.js';
import { resultAttributes } from './operation-attributes.js';
import { serializeResponse, type SerializedContent } from './operation-content.js';

/** How an operation ended. A failure may come with the part of a result that was seen before it. */
export interface OperationEnd {
  readonly result?: GenAIResult | undefined;
  /** Makes the status of the span ERROR. Without it the status stays unset. */
  readonly failure?: GenAIFailure | undefined;
  /** Where the caller did not take all of the response. */
  readonly outcome?: ResponseOutcome | undefined;
  /** When it ended, in milliseconds as `performance.now()` told it. @defaultValue now */
  readonly endedAt?: number | undefined;
}

/** What {@link GenAIRecorder.start} hands to an operation. */
export interface StartedOperation {
  readonly span: Span;
  readonly context: Context;
  readonly attributes: Attributes;
  /** Absent when no content is captured. */
  readonly content: SerializedContent | undefined;
}

/**
 * One GenAI operation in progress: a span, at its end also metrics and events. Told what happens by
 * {@link GenAIOperation.chunk} and {@link GenAIOperation.end}; only the first `end()` counts. No method throws.
 */
export class GenAIOperation {
  readonly span: Span;
  /** The caller's context with the span active: run the call in it. */
  readonly context: Context;
  /**
   * Tells what was seen so far, for an operation that is abandoned; let go of when the operation ends. Set by the
   * instrumentation. Must not refer to what the application holds, or that is never collected.
   */
  partial: (() => OperationEnd) | undefined;

  readonly #recorder: GenAIRecorder;
  readonly #request: GenAIRequest;
  readonly #requestAttributes: Attributes;
  readonly #requestContent: SerializedContent | undefined;
  readonly #startedAt = performance.now();
  #firstChunkAt: number | undefined;
  #lastChunkAt: number | undefined;
  readonly #chunkGaps: number[] = [];
  #ended = false;

  /** Made by {@link GenAIRecorder.start}. */
  constructor(recorder: GenAIRecorder, request: GenAIRequest, started: StartedOperation) {
    this.#recorder = recorder;
    this.#request = request;
    this.span = started.span;
    this.context = started.context;
    this.#requestAttributes = started.attributes;
    this.#requestContent = started.content;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether {@link GenAIResult.content} will be asked for: without it, a stream's text need not be collected. */
  get capturesContent(): boolean {
    return this.#requestContent !== undefined;
  }

  /** A chunk of the response has arrived. After the end it is ignored. */
  chunk(): void {
    if (this.#ended) return;
    const now = performance.now();
    if (this.#lastChunkAt === undefined) this.#firstChunkAt = now;
    else this.#chunkGaps.push((now - this.#lastChunkAt) / 1000);
    this.#lastChunkAt = now;
  }

  /**
   * Ends the span and records metrics and events. Each of them is tried whatever becomes of the others, the end of the
   * span last.
   */
  end(end: OperationEnd = {}): void {
    if (this.#ended) return;
    this.#ended = true;
    this.partial = undefined;
    const recorder = this.#recorder;
    recorder.settled(this);
    const { result, failure, outcome } = end;
    const attributes = recorder.guard('reading a result', () => result && resultAttributes(result)) ?? {};
    this.#addOwnAttributes(attributes, failure, outcome);
    const content = this.#requestContent === undefined ? undefined : this.#resultContent(result);

    recorder.guard('writing a span', () => this.#writeSpan(attributes, content, failure));
    recorder.guard('recording metrics', () => this.#recordMetrics(end));
    if (failure !== undefined) {
      recorder.guard('emitting an exception event', () => recorder.emitException(failure, this.context));
    }
    if (this.#request.kind === 'inference') {
      recorder.guard('emitting a details event', () => {
        recorder.emitDetails(this.context, this.#requestAttributes, attributes, this.#requestContent, content);
      });
    }
    recorder.guard('ending a span', () => this.span.end(end.endedAt));
  }

  /**
   * Ends with what was seen so far, at the last chunk if there was one: the response was let go unread, or the recorder
   * is shutting down.
   */
  abandon(): void {
    if (this.#ended) return;
    const partial = this.#recorder.guard('reading a partial response', () => this.partial?.());
    const outcome = this.#lastChunkAt === undefined ? 'unread' : 'broken_off';
    this.end({ outcome, ...partial, endedAt: this.#lastChunkAt ?? partial?.endedAt });
  }

  #writeSpan(attributes: Attributes, content: SerializedContent | undefined, failure: GenAIFailure | undefined): void {
    const { span } = this;
    if (!span.isRecording()) return;
    span.setAttributes(attributes);
    if (content !== undefined && this.#recorder.capturesOnSpan) span.setAttributes(content);
    if (failure !== undefined) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: this.#recorder.describe(failure) });
    }
  }

  #recordMetrics({ result, failure, endedAt }: OperationEnd): void {
    this.#recorder.recordMetrics(this.#request, {
      responseModel: result?.responseModel,
      errorType: failure?.errorType,
      extra: result?.metricAttributes,
      measured: {
        durationSeconds: ((endedAt ?? performance.now()) - this.#startedAt) / 1000,
        usage: result?.usage,
        timeToFirstChunkSeconds: this.#timeToFirstChunk,
        timesPerOutputChunkSeconds: this.#chunkGaps,
      },
    });
  }

  get #timeToFirstChunk(): number | undefined {
    return this.#firstChunkAt === undefined ? undefined : (this.#firstChunkAt - this.#startedAt) / 1000;
  }

  #addOwnAttributes(to: Attributes, failure: GenAIFailure | undefined, outcome: ResponseOutcome | undefined): void {
    if (outcome !== undefined) to[ATTR_GENSPAN_RESPONSE_OUTCOME] = outcome;
    if (failure !== undefined) to[ATTR_ERROR_TYPE] = failure.errorType;
    const timeToFirstChunk = this.#timeToFirstChunk;
    if (timeToFirstChunk !== undefined && this.#request.kind === 'inference') {
      to[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = timeToFirstChunk;
    }
  }

  #resultContent(result: GenAIResult | undefined): SerializedContent {
    const read = result?.content;
    return read === undefined
      ? {}
      : (this.#recorder.guard('reading a response', () => serializeResponse(read())) ?? {});
  }
}
