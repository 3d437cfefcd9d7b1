import { diag, DiagLogLevel } from '@opentelemetry/api';
import { environmentDefaults } from '../src/environment.js';

const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';

describe('environmentDefaults', () => {
  const warn = jest.fn();
  beforeEach(() => {
    warn.mockReset();
    const none = (): void => undefined;
    diag.setLogger({ warn, error: none, info: none, debug: none, verbose: none }, DiagLogLevel.WARN);
  });
  afterEach(() => diag.disable());

  it.each([
    ['true', 'span_only'],
    ['False', 'none'],
    [' span_only ', 'span_only'],
    ['EVENT_ONLY', 'event_only'],
    ['span_and_event', 'span_and_event'],
    ['NO_CONTENT', 'none'],
    ['', 'none'],
  ])('reads the capture setting %j as %s', (value, expected) => {
    expect(environmentDefaults({ [CAPTURE]: value }).captureMessageContent).toBe(expected);
    expect(warn).not.toHaveBeenCalled();
  });

  it('captures nothing on a setting that it does not know, and says so without repeating it', () => {
    const value = ['sk', 'x'.repeat(8)].join('-');
    expect(environmentDefaults({ [CAPTURE]: value }).captureMessageContent).toBe('none');
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain(CAPTURE);
    expect(warn.mock.calls[0]?.[0]).not.toContain(value);
  });

  it.each([
    ['gen_ai/dup', true],
    ['http, gen_ai/dup', true],
    ['gen_ai_latest_experimental', false],
    ['', false],
  ])('reads the stability opt-in %j as legacy metrics %s', (value, expected) => {
    expect(environmentDefaults({ OTEL_SEMCONV_STABILITY_OPT_IN: value }).legacyMetrics).toBe(expected);
  });

  it('emits events unless told not to', () => {
    expect(environmentDefaults({}).emitEvents).toBe(true);
    expect(environmentDefaults({ OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT: 'FALSE' }).emitEvents).toBe(false);
  });
});
