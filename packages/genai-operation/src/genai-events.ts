import type { Attributes, Context } from '@opentelemetry/api';
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS,
  EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION,
  EVENTS,
} from '@genspan/semconv';
import type { SerializedContent } from './operation-content.js';
import type { GenAIFailure } from './genai-result.js';
import type { EventValue, LoggerLike } from './logger.js';
import { stackFrames } from './stack-frames.js';

const DETAILS = EVENTS[EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS];
const EXCEPTION = EVENTS[EVENT_GEN_AI_CLIENT_OPERATION_EXCEPTION];

/** Attributes that are JSON strings on spans and structured on events. */
const STRUCTURED: ReadonlySet<string> = new Set([
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
]);

/** Whether `logger` would keep the details event. */
export function detailsEnabled(logger: LoggerLike, context: Context): boolean {
  return isEnabled(logger, context, DETAILS);
}

/** Whether `logger` would keep the exception event. */
export function exceptionEnabled(logger: LoggerLike, context: Context): boolean {
  return isEnabled(logger, context, EXCEPTION);
}

function isEnabled(logger: LoggerLike, context: Context, event: typeof DETAILS | typeof EXCEPTION): boolean {
  const { name: eventName, severityNumber } = event;
  return logger.enabled === undefined || logger.enabled({ context, eventName, severityNumber });
}

/** Emits `gen_ai.client.inference.operation.details`: the attributes of an inference span, content structured. */
export function emitDetails(
  logger: LoggerLike,
  context: Context,
  attributes: readonly Attributes[],
  content: SerializedContent | undefined,
): void {
  // A copy: the tracer may have kept the attributes that the span started with.
  const record: Record<string, EventValue> = {};
  for (const part of attributes) for (const name in part) record[name] = part[name];
  for (const name in content) {
    const value = content[name];
    record[name] = typeof value === 'string' && STRUCTURED.has(name) ? (JSON.parse(value) as EventValue) : value;
  }
  logger.emit({
    eventName: DETAILS.name,
    severityNumber: DETAILS.severityNumber,
    severityText: DETAILS.severityText,
    attributes: record,
    context,
  });
}

/**
 * Emits `gen_ai.client.operation.exception`.
 *
 * @param withContent - whether the message may be told; API errors repeat what was sent
 */
export function emitException(logger: LoggerLike, context: Context, failure: GenAIFailure, withContent: boolean): void {
  const { exception } = failure;
  const isError = exception instanceof Error;
  const attributes: Record<string, EventValue> = {
    [ATTR_EXCEPTION_TYPE]: isError ? exception.constructor.name : failure.errorType,
    [ATTR_EXCEPTION_MESSAGE]: withContent && isError ? exception.message : failure.description,
  };
  if (isError) {
    const stack = withContent ? exception.stack : stackFrames(exception);
    if (stack !== undefined) attributes[ATTR_EXCEPTION_STACKTRACE] = stack;
  }
  logger.emit({
    eventName: EXCEPTION.name,
    severityNumber: EXCEPTION.severityNumber,
    severityText: EXCEPTION.severityText,
    attributes,
    context,
  });
}
