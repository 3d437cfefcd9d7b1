import { SpanStatusCode, type Attributes, type Context, type Span } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GENSPAN_RESPONSE_OUTCOME,
} from '@genspan/semconv';
import type { GenAIRecorder } from './genai-recorder.js';
import type { GenAIRequest } from './genai-request.js';
import type { GenAIFailure, GenAIResult, ResponseOutcome } from './genai-result.js';
import { writeUsage } from './token-usage.js';

/** Content that is serialised where it is met, so that later changes to the application's objects do not show. */
export type SerializedContent = Record<string, string | string[]>;

/** How an operation ended, where it is more than "with a result". */
export interface OperationEnd {
  readonly result?: GenAIResult | undefined;
  readonly failure?: GenAIFailure | undefined;
  readonly outcome?: ResponseOutcome | undefined;
  /** When it ended, as `performance.now()` told it. @defaultValue now */
  readonly endedAt?: number | undefined;
}

/**
 * One GenAI operation in progress: a span, later metrics and an event. Told what happens by `chunk()` and `end()`;
 * only the first `end()` counts. No method throws.
 */
export class GenAIOperation {
  readonly span: Span;
  /** The caller's context with the span active: run the call in it. */
  readonly context: Context;
  /** What was seen so far, for an operation that is abandoned. Set by the instrumentation; must not refer to what the application holds. */
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
  constructor(
    recorder: GenAIRecorder,
    request: GenAIRequest,
    started: {
      span: Span;
      context: Context;
      attributes: Attributes;
      content: SerializedContent | undefined;
    },
  ) {
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

  /** A chunk of the response has arrived. */
  chunk(): void {
    const now = performance.now();
    if (this.#lastChunkAt === undefined) this.#firstChunkAt = now;
    else this.#chunkGaps.push((now - this.#lastChunkAt) / 1000);
    this.#lastChunkAt = now;
  }

  /** Ends the span and records metrics and events. */
  end(end: OperationEnd = {}): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#recorder.settled(this);
    this.#recorder.guard('ending an operation', () => this.#record(end));
    this.#recorder.guard('ending a span', () => this.span.end(end.endedAt));
  }

  /** Ends with what was seen so far: the response was let go unread, or the recorder is shutting down. */
  abandon(): void {
    if (this.#ended) return;
    const partial = this.#recorder.guard('reading a partial response', () => this.partial?.());
    const outcome = this.#lastChunkAt === undefined ? 'unread' : 'broken_off';
    this.end({ outcome, ...partial, endedAt: this.#lastChunkAt ?? partial?.endedAt });
  }

  #record(end: OperationEnd): void {
    const { result, failure, outcome } = end;
    const attributes = this.#resultAttributes(result);
    if (outcome !== undefined) attributes[ATTR_GENSPAN_RESPONSE_OUTCOME] = outcome;
    if (failure !== undefined) attributes[ATTR_ERROR_TYPE] = failure.errorType;
    const recorder = this.#recorder;
    const content = this.#requestContent === undefined ? undefined : this.#resultContent(result);

    if (this.span.isRecording()) {
      this.span.setAttributes(attributes);
      if (content !== undefined && recorder.capturesOnSpan) this.span.setAttributes(content);
      if (failure !== undefined) {
        this.span.setStatus({ code: SpanStatusCode.ERROR, message: recorder.describe(failure) });
      }
    }
    recorder.recordMetrics(this.#request, {
      responseModel: result?.responseModel,
      errorType: failure?.errorType,
      extra: result?.metricAttributes,
      measured: {
        durationSeconds: ((end.endedAt ?? performance.now()) - this.#startedAt) / 1000,
        usage: result?.usage,
        timeToFirstChunkSeconds: this.#timeToFirstChunk,
        timesPerOutputChunkSeconds: this.#chunkGaps,
      },
    });
    if (failure !== undefined) recorder.emitException(failure, this.context);
    if (this.#request.kind === 'inference') {
      recorder.emitDetails(this.context, this.#requestAttributes, attributes, this.#requestContent, content);
    }
  }

  get #timeToFirstChunk(): number | undefined {
    return this.#firstChunkAt === undefined ? undefined : (this.#firstChunkAt - this.#startedAt) / 1000;
  }

  #resultAttributes(result: GenAIResult | undefined): Attributes {
    const attributes: Attributes = result?.attributes ?? {};
    if (this.#request.streaming === true && this.#request.kind === 'inference') {
      attributes[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = this.#timeToFirstChunk;
    }
    if (result === undefined) return attributes;
    if (result.responseId !== undefined) attributes[ATTR_GEN_AI_RESPONSE_ID] = result.responseId;
    if (result.responseModel !== undefined) attributes[ATTR_GEN_AI_RESPONSE_MODEL] = result.responseModel;
    if (result.finishReasons !== undefined && result.finishReasons.length > 0) {
      attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = [...result.finishReasons];
    }
    if (result.usage !== undefined) writeUsage(result.usage, attributes);
    if (result.metricAttributes !== undefined) Object.assign(attributes, result.metricAttributes);
    return attributes;
  }

  #resultContent(result: GenAIResult | undefined): SerializedContent {
    const content: SerializedContent = {};
    const response = this.#recorder.guard('reading a response', () => result?.content?.());
    if (response === undefined) return content;
    const { outputMessages, systemInstructions, toolDefinitions } = response;
    if (outputMessages !== undefined && outputMessages.length > 0) {
      content[ATTR_GEN_AI_OUTPUT_MESSAGES] = JSON.stringify(outputMessages);
    }
    if (systemInstructions !== undefined && systemInstructions.length > 0) {
      content[ATTR_GEN_AI_SYSTEM_INSTRUCTIONS] = JSON.stringify(systemInstructions);
    }
    if (toolDefinitions !== undefined && toolDefinitions.length > 0) {
      content[ATTR_GEN_AI_TOOL_DEFINITIONS] = JSON.stringify(toolDefinitions);
    }
    return content;
  }
}
