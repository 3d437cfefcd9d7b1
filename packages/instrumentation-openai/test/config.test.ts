import { resolveOptions } from '../src/config.js';

const CAPTURE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';

describe('resolveOptions', () => {
  const { env } = process;
  beforeEach(() => {
    process.env = { ...env };
    delete process.env[CAPTURE];
  });
  afterEach(() => {
    process.env = env;
  });

  it('captures no content and changes no request by default', () => {
    expect(resolveOptions({})).toMatchObject({
      captureMessageContent: 'none',
      requestStreamUsage: false,
      legacyMetrics: false,
      emitEvents: true,
    });
  });

  it.each([
    [true, 'span_only'],
    [false, 'none'],
    ['span_and_event', 'span_and_event'],
    ['EVENT_ONLY', 'event_only'],
    ['NO_CONTENT', 'none'],
  ] as const)('reads captureMessageContent %s as %s', (given, expected) => {
    expect(resolveOptions({ captureMessageContent: given }).captureMessageContent).toBe(expected);
  });

  it('takes the variable where the option is not given, and the option where it is', () => {
    process.env[CAPTURE] = 'SPAN_AND_EVENT';
    expect(resolveOptions({}).captureMessageContent).toBe('span_and_event');
    expect(resolveOptions({ captureMessageContent: false }).captureMessageContent).toBe('none');
  });

  it.each([
    [{ captureMessageContent: 'all' }, /`captureMessageContent` to be true, false.*got `all`/],
    [{ captureMessageContent: 3 }, /`captureMessageContent`.*got number/],
    [{ requestStreamUsage: 'yes' }, /`requestStreamUsage` to be a boolean, got string/],
    [{ requestHook: {} }, /`requestHook` to be a function, got object/],
    [{ captureContent: true }, /Unknown option `captureContent`; expected one of .*captureMessageContent/],
  ])('refuses %j', (options, message) => {
    expect(() => resolveOptions(options as object)).toThrow(message);
  });
});
