import { context as contextApi, SpanKind, trace } from '@opentelemetry/api';
import type { Attributes, Context, Meter, Tracer } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@genspan/semconv';
import { capturesOnEvent, capturesOnSpan, type ContentCapture } from './content-capture.js';
import { FailureLog } from './failure-log.js';
import { detailsEnabled, emitDetails, emitException } from './genai-events.js';
import { GenAIMetrics, type OperationMeasurements } from './genai-metrics.js';
import { GenAIOperation, type SerializedContent } from './genai-operation.js';
import type { GenAIRequest } from './genai-request.js';
import type { GenAIFailure } from './genai-result.js';
import type { LoggerLike } from './logger.js';
import { OpenOperations } from './open-operations.js';
import { isTracingSuppressed } from './tracing-suppression.js';

/** What can be changed while a recorder is in use. */
export interface RecorderSettings {
  /** @defaultValue `'none'` */
  readonly captureMessageContent?: ContentCapture | undefined;
  /** Also record the metric names of the conventions 1.41. @defaultValue false */
  readonly legacyMetrics?: boolean | undefined;
  /** Emit `gen_ai.client.inference.operation.details`. @defaultValue true */
  readonly emitEvents?: boolean | undefined;
}

/** Options of {@link GenAIRecorder}. */
export interface GenAIRecorderOptions extends RecorderSettings {
  /** Name in `diag` lines. */
  readonly namespace: string;
  readonly tracer: Tracer;
  readonly meter: Meter;
  readonly logger: LoggerLike;
}

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
  #metrics: GenAIMetrics;
  #logger: LoggerLike;

  constructor(options: GenAIRecorderOptions) {
    this.failures = new FailureLog(options.namespace);
    this.#capture = options.captureMessageContent ?? 'none';
    this.#legacyMetrics = options.legacyMetrics ?? false;
    this.#emitEvents = options.emitEvents ?? true;
    this.#tracer = options.tracer;
    this.#metrics = GenAIMetrics.of(options.meter);
    this.#logger = options.logger;
  }

  /** Changes settings, for operations that start or end from now on. */
  configure(settings: RecorderSettings): void {
    this.#capture = settings.captureMessageContent ?? 'none';
    this.#legacyMetrics = settings.legacyMetrics ?? false;
    this.#emitEvents = settings.emitEvents ?? true;
  }

  /** @internal */
  get capturesOnSpan(): boolean {
    return capturesOnSpan(this.#capture);
  }

  get #capturesOnEvent(): boolean {
    return capturesOnEvent(this.#capture);
  }

  setTracer(tracer: Tracer): void {
    this.#tracer = tracer;
  }

  setMeter(meter: Meter): void {
    this.#metrics.drain();
    this.#metrics = GenAIMetrics.of(meter);
  }

  setLogger(logger: LoggerLike): void {
    this.#logger = logger;
  }

  /**
   * Starts an operation as a child of the active span.
   *
   * @returns `undefined` inside a context that suppresses tracing, or when the operation cannot be started
   */
  start(request: GenAIRequest): GenAIOperation | undefined {
    if (isTracingSuppressed()) return undefined;
    return this.guard('starting an operation', () => this.#start(request));
  }

  #start(request: GenAIRequest): GenAIOperation {
    const attributes = requestAttributes(request);
    const parent = contextApi.active();
    const { operationName, requestModel } = request;
    const name = request.spanName ?? (requestModel === undefined ? operationName : `${operationName} ${requestModel}`);
    const span = this.#tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent);
    const context = trace.setSpan(parent, span);
    const onSpan = this.capturesOnSpan && span.isRecording();
    const onEvent = this.#capturesOnEvent && request.kind === 'inference' && this.#wantsDetails(context);
    const content = onSpan || onEvent ? this.#requestContent(request) : undefined;
    if (onSpan && content !== undefined) span.setAttributes(content);
    const operation = new GenAIOperation(this, request, { span, context, attributes, content });
    this.open.add(operation);
    return operation;
  }

  #requestContent(request: GenAIRequest): SerializedContent {
    return this.guard('reading a request', () => serializeRequestContent(request)) ?? {};
  }

  /** Ends everything that has not ended, with what was seen of it, and hands pending metric points to the SDK. */
  shutdown(): void {
    this.open.abandonAll();
    this.guard('recording metrics', () => this.#metrics.drain());
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

  /** @internal */
  settled(operation: GenAIOperation): void {
    this.open.delete(operation);
  }

  /** @internal The status description of a failure. */
  describe(failure: GenAIFailure): string {
    const { exception, description } = failure;
    return this.capturesOnSpan && exception instanceof Error ? exception.message : description;
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
    this.#metrics.record(
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
  emitDetails(
    context: Context,
    requestAttributes: Attributes,
    resultAttributes: Attributes,
    requestContent: SerializedContent | undefined,
    resultContent: SerializedContent | undefined,
  ): void {
    if (!this.#wantsDetails(context)) return;
    const content = this.#capturesOnEvent ? { ...requestContent, ...resultContent } : undefined;
    emitDetails(this.#logger, context, { ...requestAttributes, ...resultAttributes }, content);
  }

  /** @internal */
  emitException(failure: GenAIFailure, context: Context): void {
    if (this.#emitEvents) emitException(this.#logger, context, failure, this.#capturesOnEvent);
  }

  #wantsDetails(context: Context): boolean {
    return this.#emitEvents && detailsEnabled(this.#logger, context);
  }
}

function requestAttributes(request: GenAIRequest): Attributes {
  const attributes: Attributes = {
    [ATTR_GEN_AI_OPERATION_NAME]: request.operationName,
    [ATTR_GEN_AI_PROVIDER_NAME]: request.providerName,
  };
  if (request.requestModel !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = request.requestModel;
  if (request.streaming === true && request.kind === 'inference') attributes[ATTR_GEN_AI_REQUEST_STREAM] = true;
  if (request.serverAddress !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = request.serverAddress;
    if (request.serverPort !== undefined) attributes[ATTR_SERVER_PORT] = request.serverPort;
  }
  return request.attributes === undefined ? attributes : Object.assign(attributes, request.attributes);
}

function serializeRequestContent(request: GenAIRequest): SerializedContent {
  const content: SerializedContent = {};
  const { systemInstructions, inputMessages, toolDefinitions, attributes } = request.content?.() ?? {};
  if (systemInstructions !== undefined && systemInstructions.length > 0) {
    content[ATTR_GEN_AI_SYSTEM_INSTRUCTIONS] = JSON.stringify(systemInstructions);
  }
  if (inputMessages !== undefined && inputMessages.length > 0) {
    content[ATTR_GEN_AI_INPUT_MESSAGES] = JSON.stringify(inputMessages);
  }
  if (toolDefinitions !== undefined && toolDefinitions.length > 0) {
    content[ATTR_GEN_AI_TOOL_DEFINITIONS] = JSON.stringify(toolDefinitions);
  }
  return attributes === undefined ? content : Object.assign(content, attributes);
}
