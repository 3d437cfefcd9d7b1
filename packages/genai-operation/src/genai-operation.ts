import { SpanStatusCode, type Attributes, type Context, type Span } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GENSPAN_RESPONSE_OUTCOME,
} from '@genspan/semconv';
import type { GenAIRecorder } from './genai-recorder.js';
import type { GenAIRequest } from './genai-request.js';
import type { GenAIFailure, GenAIResult, ResponseOutcome } from './genai-result.js';
import { writeResult } from './operation-attributes.js';
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

/** Tells what was seen so far of an operation that is abandoned. */
export interface OperationSource {
  partial(): OperationEnd;
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
   * Asked when the operation is abandoned; let go of when it ends. Set by the instrumentation. Must not refer to what the
   * application holds, or that is never collected.
   */
  source: OperationSource | undefined = undefined;
  /** @internal Whether the operation ends when something else is collected. */
  awaitsCollection = false;
  /** @internal Neighbours among the open operations. */
  previous: GenAIOperation | undefined = undefined;
  /** @internal */
  next: GenAIOperation | undefined = undefined;

  readonly #recorder: GenAIRecorder;
  readonly #request: GenAIRequest;
  readonly #requestAttributes: Attributes;
  readonly #content: SerializedContent | undefined;
  readonly #startedAt = performance.now();
  #firstChunkAt: number | undefined = undefined;
  #lastChunkAt: number | undefined = undefined;
  #chunkGaps: number[] | undefined = undefined;
  #ended = false;

  /** Made by {@link GenAIRecorder.start}. */
  constructor(recorder: GenAIRecorder, request: GenAIRequest, started: StartedOperation) {
    this.#recorder = recorder;
    this.#request = request;
    this.span = started.span;
    this.context = started.context;
    this.#requestAttributes = started.attributes;
    this.#content = started.content;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether {@link GenAIResult.content} will be asked for: without it, a stream's text need not be collected. */
  get capturesContent(): boolean {
    return this.#content !== undefined;
  }

  /** A chunk of the response has arrived. After the end it is ignored. */
  chunk(): void {
    if (this.#ended) return;
    const now = performance.now();
    if (this.#lastChunkAt === undefined) this.#firstChunkAt = now;
    else (this.#chunkGaps ??= []).push((now - this.#lastChunkAt) / 1000);
    this.#lastChunkAt = now;
  }

  /**
   * Ends the span and records metrics and events. Each of them is tried whatever becomes of the others, the end of the
   * span last.
   */
  end(end: OperationEnd = {}): void {
    if (this.#ended) return;
    this.#ended = true;
    this.source = undefined;
    const recorder = this.#recorder;
    const { failures } = recorder;
    recorder.open.delete(this);
    // No guard() here: its closures would cost as much as what they guard.
    const content = this.#content;
    if (content !== undefined) this.#addContent(end.result, content);
    const attributes = end.result?.attributes ?? {};
    this.#writeOwn(end, attributes);
    try {
      if (end.result !== undefined) writeResult(end.result, attributes);
    } catch (error) {
      failures.count('reading a result', error);
    }
    try {
      this.#writeSpan(attributes, content, end.failure);
    } catch (error) {
      failures.count('writing a span', error);
    }
    try {
      this.#recordMetrics(end);
    } catch (error) {
      failures.count('recording metrics', error);
    }
    if (end.failure !== undefined) recorder.emitException(end.failure, this.context);
    try {
      if (this.#request.kind === 'inference') {
        recorder.emitDetails(this.context, this.#requestAttributes, attributes, content);
      }
    } catch (error) {
      failures.count('emitting a details event', error);
    }
    try {
      this.span.end(end.endedAt);
    } catch (error) {
      failures.count('ending a span', error);
    }
  }

  /**
   * Ends with what was seen so far, at the last chunk if there was one: the response was let go unread, or the recorder
   * is shutting down.
   */
  abandon(): void {
    if (this.#ended) return;
    const partial = this.#recorder.guard('reading a partial response', () => this.source?.partial());
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

  #writeOwn({ failure, outcome }: OperationEnd, attributes: Attributes): void {
    if (outcome !== undefined) attributes[ATTR_GENSPAN_RESPONSE_OUTCOME] = outcome;
    if (failure !== undefined) attributes[ATTR_ERROR_TYPE] = failure.errorType;
    const timeToFirstChunk = this.#timeToFirstChunk;
    if (timeToFirstChunk !== undefined && this.#request.kind === 'inference') {
      attributes[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = timeToFirstChunk;
    }
  }

  #addContent(result: GenAIResult | undefined, content: SerializedContent): void {
    const read = result?.content;
    if (read === undefined) return;
    try {
      serializeResponse(read(), content);
    } catch (error) {
      this.#recorder.failures.count('reading a response', error);
    }
  }
}
