import { context as contextApi, SpanKind, trace } from '@opentelemetry/api';
import type { Attributes, Context, Meter, Span, Tracer } from '@opentelemetry/api';
import { capturesOnEvent, capturesOnSpan, type ContentCapture } from './content-capture.js';
import { FailureLog } from './failure-log.js';
import { detailsEnabled, emitDetails, emitException, exceptionEnabled } from './genai-events.js';
import { GenAIMetrics, type OperationMeasurements } from './genai-metrics.js';
import { GenAIOperation } from './genai-operation.js';
import type { GenAIRecorderOptions, RecorderSettings } from './genai-recorder-options.js';
import type { GenAIRequest } from './genai-request.js';
import type { GenAIFailure } from './genai-result.js';
import type { LoggerLike } from './logger.js';
import { OpenOperations } from './open-operations.js';
import { requestAttributes } from './operation-attributes.js';
import { serializeRequest, type SerializedContent } from './operation-content.js';
import { isTracingSuppressed } from './tracing-suppression.js';

/**
 * Records GenAI operations, whatever the client: {@link GenAIRecorder.start} one, run the call in its context, tell it
 * of chunks and of the end.
 *
 * No method throws: what fails inside costs telemetry, is counted in {@link GenAIRecorder.failures} and said once.
 *
 * @see OpenTelemetry GenAI conventions: client inference spans, metrics and events
 */
export class GenAIRecorder {
  /** What failed inside the recorder. */
  readonly failures: FailureLog;
  /** What has started and not ended. */
  readonly open = new OpenOperations();
  #capture: ContentCapture;
  #legacyMetrics: boolean;
  #emitEvents: boolean;
  #tracer: Tracer;
  /** Absent when the meter failed to make the instruments. */
  #metrics: GenAIMetrics | undefined;
  #logger: LoggerLike;

  constructor(options: GenAIRecorderOptions) {
    this.failures = new FailureLog(options.namespace);
    this.#capture = options.captureMessageContent ?? 'none';
    this.#legacyMetrics = options.legacyMetrics ?? false;
    this.#emitEvents = options.emitEvents ?? true;
    this.#tracer = options.tracer;
    this.#logger = options.logger;
    this.#metrics = this.#metricsOf(options.meter);
  }

  /** Changes settings, for operations that start or end from now on. A setting left out goes back to its default. */
  configure(settings: RecorderSettings): void {
    this.#capture = settings.captureMessageContent ?? 'none';
    this.#legacyMetrics = settings.legacyMetrics ?? false;
    this.#emitEvents = settings.emitEvents ?? true;
  }

  /** @internal */
  get capturesOnSpan(): boolean {
    return capturesOnSpan(this.#capture);
  }

  /** Starts the spans of later operations with another tracer. */
  setTracer(tracer: Tracer): void {
    this.#tracer = tracer;
  }

  /** Records what ends from now on with another meter. What was recorded so far stays with the old one. */
  setMeter(meter: Meter): void {
    this.#drainMetrics();
    this.#metrics = this.#metricsOf(meter);
  }

  /** Emits the events of what ends from now on with another logger. */
  setLogger(logger: LoggerLike): void {
    this.#logger = logger;
  }

  /**
   * Starts an operation as a child of the active span. It stays open, and is held, until it is told of its end.
   *
   * @returns `undefined` inside a context that suppresses tracing, or when the operation cannot be started
   */
  start(request: GenAIRequest): GenAIOperation | undefined {
    try {
      const parent = contextApi.active();
      return isTracingSuppressed(parent) ? undefined : this.#start(request, parent);
    } catch (error) {
      this.failures.count('starting an operation', error);
      return undefined;
    }
  }

  #start(request: GenAIRequest, parent: Context): GenAIOperation {
    const attributes = requestAttributes(request);
    const { operationName, requestModel } = request;
    const name = request.spanName ?? (requestModel === undefined ? operationName : `${operationName} ${requestModel}`);
    const span = this.#tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent);
    const context = trace.setSpan(parent, span);
    // From here on the span exists: whatever fails, there has to be an operation that ends it.
    const content = this.#capture === 'none' ? undefined : this.#captureRequest(request, span, context);
    const operation = new GenAIOperation(this, request, { span, context, attributes, content });
    this.open.add(operation);
    return operation;
  }

  #captureRequest(request: GenAIRequest, span: Span, context: Context): SerializedContent | undefined {
    let content: SerializedContent | undefined;
    try {
      const onSpan = this.capturesOnSpan && span.isRecording();
      const onEvent = capturesOnEvent(this.#capture) && request.kind === 'inference' && this.#wantsDetails(context);
      if (!onSpan && !onEvent) return undefined;
      content = {};
      content = serializeRequest(request.content?.() ?? {});
    } catch (error) {
      this.failures.count('reading a request', error);
    }
    return content;
  }

  /** Ends everything that has not ended, with what was seen of it, and hands pending metric points to the SDK. */
  shutdown(): void {
    this.open.abandonAll();
    this.#drainMetrics();
  }

  /** Runs `work`; what it throws is counted under `cause`, and the result is `undefined`. */
  guard<T>(cause: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.failures.count(cause, error);
      return undefined;
    }
  }

  /** @internal The status description of a failure. */
  describe(failure: GenAIFailure): string {
    const { exception, description } = failure;
    if (!this.capturesOnSpan || !(exception instanceof Error)) return description;
    return this.guard('reading a failure', () => exception.message) ?? description;
  }

  /** @internal */
  recordMetrics(
    request: GenAIRequest,
    end: {
      responseModel: string | undefined;
      errorType: string | undefined;
      extra: Attributes | undefined;
      measured: OperationMeasurements;
    },
  ): void {
    const { kind, operationName, providerName, requestModel, serverAddress, serverPort } = request;
    const { responseModel, errorType, extra } = end;
    this.#metrics?.record(
      {
        kind,
        operationName,
        providerName,
        requestModel,
        serverAddress,
        serverPort,
        responseModel,
        errorType,
        extra,
        legacyNames: this.#legacyMetrics,
      },
      end.measured,
    );
  }

  /** @internal */
  emitDetails(context: Context, request: Attributes, result: Attributes, content: SerializedContent | undefined): void {
    if (!this.#wantsDetails(context)) return;
    emitDetails(this.#logger, context, [request, result], capturesOnEvent(this.#capture) ? content : undefined);
  }

  /** @internal */
  emitException(failure: GenAIFailure, context: Context): void {
    if (!this.#emitEvents) return;
    this.guard('emitting an exception event', () => {
      if (!exceptionEnabled(this.#logger, context)) return;
      emitException(this.#logger, context, failure, capturesOnEvent(this.#capture));
    });
  }

  #wantsDetails(context: Context): boolean {
    if (!this.#emitEvents) return false;
    try {
      return detailsEnabled(this.#logger, context);
    } catch (error) {
      this.failures.count('asking a logger', error);
      return false;
    }
  }

  #metricsOf(meter: Meter): GenAIMetrics | undefined {
    return this.guard('making instruments', () => GenAIMetrics.of(meter));
  }

  #drainMetrics(): void {
    this.guard('recording metrics', () => this.#metrics?.drain());
  }
}
