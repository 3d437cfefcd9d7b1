import { lines } from './captured-stderr.js';
import { describeError, StderrLogger } from '../src/diagnostics.js';

describe('StderrLogger', () => {
  beforeEach(() => void (lines.length = 0));
  afterEach(() => jest.restoreAllMocks());

  it('writes one line for each message, with its level', () => {
    const logger = new StderrLogger();
    logger.error('one', { two: 2 });
    logger.warn('three');
    expect(lines).toEqual(['opentelemetry error: one {"two":2}', 'opentelemetry warn: three']);
  });

  it('says the same thing once a minute', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const logger = new StderrLogger();
    logger.error('down');
    now.mockReturnValue(59_999);
    logger.error('down');
    logger.error('down again');
    now.mockReturnValue(60_000);
    logger.error('down');
    expect(lines.map((line) => line.slice(21))).toEqual(['down', 'down again', 'down']);
  });

  it('shortens an error that the SDK logs as JSON to its message', () => {
    const error = { stack: 'Error: connect\n at a\n at b', message: 'connect', code: 'ECONNREFUSED' };
    new StderrLogger().error(JSON.stringify(error));
    expect(lines).toEqual(['opentelemetry error: connect (ECONNREFUSED)']);
  });

  it('writes what cannot be turned into JSON by its type', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    new StderrLogger().warn(circular, undefined, '{"not json');
    expect(lines).toEqual(['opentelemetry warn: object undefined {"not json']);
  });
});

describe('describeError', () => {
  it.each([
    [new Error('refused'), 'refused'],
    [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'refused (ECONNREFUSED)'],
    [Object.assign(new Error('connect ECONNREFUSED ::1'), { code: 'ECONNREFUSED' }), 'connect ECONNREFUSED ::1'],
    [Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new AggregateError([], ''), 'AggregateError'],
    [Object.assign(new Error('bad'), { code: 400 }), 'bad (code 400)'],
    [[new Error('a'), new Error('b'), new Error('a')], 'a; b'],
    ['a secret', 'string'],
    [undefined, 'undefined'],
    [{}, 'an error without a message'],
  ])('of %p is %s', (error, text) => {
    expect(describeError(error)).toBe(text);
  });
});
