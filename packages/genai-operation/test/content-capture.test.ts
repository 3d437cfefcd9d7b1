import { capturesOnEvent, capturesOnSpan, CONTENT_CAPTURE_WORDS, parseContentCapture } from '../src/content-capture.js';

describe('parseContentCapture', () => {
  it.each([
    [true, 'span_only'],
    [false, 'none'],
    ['true', 'span_only'],
    ['false', 'none'],
    ['none', 'none'],
    ['NO_CONTENT', 'none'],
    ['SPAN_ONLY', 'span_only'],
    ['span_only', 'span_only'],
    ['Event_Only', 'event_only'],
    [' SPAN_AND_EVENT ', 'span_and_event'],
  ])('reads %p as %s', (value, expected) => {
    expect(parseContentCapture(value)).toBe(expected);
  });

  it.each([undefined, null, '', 'yes', '1', 1, 'toString', '__proto__', {}, ['true']])('does not know %p', (value) => {
    expect(parseContentCapture(value)).toBeUndefined();
  });

  it('knows every word that its message about a bad setting names', () => {
    const words = CONTENT_CAPTURE_WORDS.split(/, | or /);
    expect(words).toHaveLength(7);
    for (const word of words) expect(parseContentCapture(word)).toBeDefined();
  });
});

it.each([
  ['none', false, false],
  ['span_only', true, false],
  ['event_only', false, true],
  ['span_and_event', true, true],
] as const)('%s captures on span: %p, on event: %p', (capture, onSpan, onEvent) => {
  expect(capturesOnSpan(capture)).toBe(onSpan);
  expect(capturesOnEvent(capture)).toBe(onEvent);
});
