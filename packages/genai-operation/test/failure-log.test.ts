import { diag, DiagLogLevel } from '@opentelemetry/api';
import { FailureLog } from '../src/failure-log.js';
import { SECRET, secret } from './conversation.js';

const lines: unknown[][] = [];
const record = (...line: unknown[]): void => void lines.push(line);
const silent = (): void => undefined;

beforeEach(() => {
  lines.length = 0;
  diag.setLogger({ error: record, warn: record, info: silent, debug: silent, verbose: silent }, DiagLogLevel.WARN);
});
afterEach(() => diag.disable());

it('counts each failure by its cause and says each cause once', () => {
  const failures = new FailureLog('test-instrumentation');
  failures.count('reading a chunk', new TypeError('a'));
  failures.count('reading a chunk', new TypeError('b'));
  failures.count('ending a span', new RangeError('c'));
  expect([...failures.counts]).toEqual([
    ['reading a chunk', 2],
    ['ending a span', 1],
  ]);
  expect(lines).toHaveLength(2);
  expect(String(lines[0])).toMatch(/test-instrumentation.*reading a chunk.*TypeError/);
});

it('says nothing of what was thrown but its kind', () => {
  const failures = new FailureLog('test');
  failures.count('a', new Error(secret('message')));
  failures.count('b', secret('string'));
  failures.count('c', { token: secret('field') });
  failures.count('d', undefined);
  expect(lines).toHaveLength(4);
  expect(JSON.stringify(lines)).not.toContain(SECRET);
});

it('never throws, whatever the diag logger and the error do', () => {
  const broken = (): never => {
    throw new Error('broken logger');
  };
  diag.disable();
  diag.setLogger(
    { error: broken, warn: broken, info: silent, debug: silent, verbose: silent },
    {
      logLevel: DiagLogLevel.WARN,
      suppressOverrideMessage: true,
    },
  );
  const failures = new FailureLog('test');
  const hostile = Object.defineProperty(new Error('x'), 'name', { get: broken });
  expect(() => failures.count('a', hostile)).not.toThrow();
  expect(() => failures.count('b', 1)).not.toThrow();
  expect([...failures.counts.values()]).toEqual([1, 1]);
});
