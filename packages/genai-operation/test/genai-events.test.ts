import {
  validateInputMessages,
  validateOutputMessages,
  validateSystemInstructions,
  validateToolDefinitions,
} from '@genspan/semconv';
import type { ContentCapture } from '../src/index.js';
import { SECRET, secretFailure, secretRequest, secretResult } from './conversation.js';
import { startTelemetry } from './telemetry.js';

const DETAILS = 'gen_ai.client.inference.operation.details';
const EXCEPTION = 'gen_ai.client.operation.exception';
const CONTENT = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.prompt.variable.city',
  'gen_ai.request.stop_sequences',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
];

/** Runs one failing operation that has content everywhere. */
async function fail(captureMessageContent: ContentCapture) {
  const telemetry = startTelemetry({ captureMessageContent });
  telemetry.recorder.start(secretRequest())?.end({ result: secretResult(), failure: secretFailure() });
  const points = [...(await telemetry.reader.points())];
  const span = telemetry.span();
  return { span, details: telemetry.log(DETAILS), exception: telemetry.log(EXCEPTION), points };
}

const contentOf = (attributes: object | undefined) =>
  Object.keys(attributes ?? {})
    .filter((n) => CONTENT.includes(n))
    .sort();

it('tells no word of content anywhere when none is captured', async () => {
  const { span, details, exception, points } = await fail('none');
  expect(details).toBeDefined();
  expect(exception?.attributes['exception.stacktrace']).toMatch(/^ {4}at secretFailure/);
  const told: unknown[] = [span.name, span.attributes, span.status, span.events, details?.attributes, details?.body];
  told.push(exception?.attributes, exception?.body, points);
  expect(JSON.stringify(told)).not.toContain(SECRET);
});

it('does not even build content when none is captured', () => {
  const { recorder } = startTelemetry();
  const content = jest.fn();
  const operation = recorder.start(secretRequest({ content }));
  expect(operation?.capturesContent).toBe(false);
  operation?.end({ result: secretResult({ content }) });
  expect(content).not.toHaveBeenCalled();
});

it.each([
  ['span_only', true, false],
  ['event_only', false, true],
  ['span_and_event', true, true],
] as const)('%s puts content on the span: %p, on the events: %p', async (capture, onSpan, onEvent) => {
  const { span, details, exception } = await fail(capture);
  expect(contentOf(span.attributes)).toEqual(onSpan ? CONTENT : []);
  expect(contentOf(details?.attributes)).toEqual(onEvent ? CONTENT : []);
  const spanText = JSON.stringify([span.attributes, span.status, span.events]);
  expect(spanText.includes(SECRET)).toBe(onSpan);
  expect(span.status.message?.includes(SECRET)).toBe(onSpan);
  expect(JSON.stringify(details?.attributes).includes(SECRET)).toBe(onEvent);
  expect(JSON.stringify(exception?.attributes['exception.message']).includes(SECRET)).toBe(onEvent);
  expect(JSON.stringify(exception?.attributes['exception.stacktrace']).includes(SECRET)).toBe(onEvent);
});

it('writes messages as JSON on spans and structured on events, valid on both', async () => {
  const { span, details } = await fail('span_and_event');
  const validators = {
    'gen_ai.input.messages': validateInputMessages,
    'gen_ai.output.messages': validateOutputMessages,
    'gen_ai.system_instructions': validateSystemInstructions,
    'gen_ai.tool.definitions': validateToolDefinitions,
  };
  for (const [name, validate] of Object.entries(validators)) {
    const onSpan = span.attributes[name];
    const onEvent = details?.attributes[name];
    expect(typeof onSpan).toBe('string');
    expect(Array.isArray(onEvent)).toBe(true);
    expect(JSON.parse(String(onSpan))).toEqual(onEvent);
    expect(validate(onEvent)).toEqual([]);
  }
  expect(details?.attributes['gen_ai.request.stop_sequences']).toEqual(
    span.attributes['gen_ai.request.stop_sequences'],
  );
});

it('emits both events in the context of the span, with the severities of the conventions', async () => {
  const { span, details, exception } = await fail('none');
  expect(details).toMatchObject({ severityNumber: 5, severityText: 'DEBUG', spanContext: span.spanContext() });
  expect(exception).toMatchObject({ severityNumber: 13, severityText: 'WARN', spanContext: span.spanContext() });
  expect(exception?.attributes).toMatchObject({
    'exception.type': 'RateLimitError',
    'exception.message': '429 rate_limit_exceeded',
  });
});

it('puts the attributes of the span on the details event', async () => {
  const { span, details } = await fail('none');
  expect(details?.attributes).toEqual(span.attributes);
});

it('names a thrown value that is no error by its error type, without telling it', () => {
  const telemetry = startTelemetry({ captureMessageContent: 'span_and_event' });
  const failure = { errorType: '_OTHER', description: 'not an error', exception: SECRET };
  telemetry.recorder.start(secretRequest({ content: undefined }))?.end({ failure });
  expect(telemetry.log(EXCEPTION)?.attributes).toEqual({
    'exception.type': '_OTHER',
    'exception.message': 'not an error',
  });
});

it('emits no event when events are off', () => {
  const telemetry = startTelemetry({ emitEvents: false });
  telemetry.recorder.start(secretRequest())?.end({ failure: secretFailure() });
  expect(telemetry.logs()).toEqual([]);
});

it('asks the logger first, and builds nothing for a logger that would drop it', () => {
  const emit = jest.fn();
  const content = jest.fn();
  const enabled = jest.fn(() => false);
  const { recorder } = startTelemetry({ captureMessageContent: 'event_only', logger: { emit, enabled } });
  recorder.start(secretRequest({ content }))?.end({ failure: secretFailure() });
  expect(content).not.toHaveBeenCalled();
  expect(emit).not.toHaveBeenCalled();
  expect(enabled).toHaveBeenCalledWith(expect.objectContaining({ eventName: DETAILS, severityNumber: 5 }));
  expect(enabled).toHaveBeenCalledWith(expect.objectContaining({ eventName: EXCEPTION, severityNumber: 13 }));
});
