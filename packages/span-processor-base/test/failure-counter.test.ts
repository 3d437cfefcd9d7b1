import { diag, DiagLogLevel } from '@opentelemetry/api';
import { FailureCounter } from '../src/failure-counter.js';

const warn = jest.fn();

beforeEach(() => {
  warn.mockReset();
  const silent = () => {};
  diag.setLogger(
    { warn, error: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
});
afterEach(() => diag.disable());

test('counts every failure and says each cause once', () => {
  const failures = new FailureCounter('Stage', 'the span goes on unchanged');
  for (let i = 0; i < 5; i++) failures.record('onEnd', new TypeError('boom'));
  failures.record('onEnd', new RangeError('boom'));
  failures.record('onStart', new TypeError('boom'));

  expect(failures.total).toBe(7);
  expect(failures.byOperation()).toEqual({ onEnd: 6, onStart: 1 });
  expect(warn.mock.calls.map(([line]: string[]) => line)).toEqual([
    'Stage: onEnd failed (TypeError); the span goes on unchanged. More of the same is only counted.',
    'Stage: onEnd failed (RangeError); the span goes on unchanged. More of the same is only counted.',
    'Stage: onStart failed (TypeError); the span goes on unchanged. More of the same is only counted.',
  ]);
});

test('does not log what the error says, nor a name that is not a class name', () => {
  const failures = new FailureCounter('Stage', 'goes on');
  const error = new Error('prompt: hello');
  error.name = 'my secret sentence';
  failures.record('onEnd', error);
  failures.record('onEnd', 'a thrown sentence');
  expect(JSON.stringify(warn.mock.calls)).not.toMatch(/prompt|secret|sentence/);
});

test('stops logging, not counting, when causes have no end', () => {
  const failures = new FailureCounter('Stage', 'goes on');
  for (let i = 0; i < 100; i++) {
    const error = new Error();
    error.name = `E${i}`;
    failures.record('onEnd', error);
  }
  expect(failures.total).toBe(100);
  expect(warn).toHaveBeenCalledTimes(32);
});

test.each([
  [
    'an error whose name throws',
    Object.defineProperty(new Error(), 'name', {
      get: () => {
        throw new Error('gotcha');
      },
    }),
  ],
  [
    'a proxy that throws on everything',
    new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('gotcha');
        },
      },
    ),
  ],
  ['null', null],
  ['undefined', undefined],
])('survives %s', (_, thrown: unknown) => {
  const failures = new FailureCounter('Stage', 'goes on');
  failures.record('onEnd', thrown);
  expect(failures.total).toBe(1);
});

test('survives a diag logger that throws', () => {
  warn.mockImplementation(() => {
    throw new Error('logger is broken');
  });
  const failures = new FailureCounter('Stage', 'goes on');
  failures.record('onEnd', new Error());
  expect(warn).toHaveBeenCalled();
  expect(failures.total).toBe(1);
});
