import { lines } from './captured-stderr.js';
import { diag } from '@opentelemetry/api';
import { StderrLogger } from '../src/diagnostics.js';
import { Telemetry } from '../src/telemetry.js';
import type { TelemetryParts } from '../src/telemetry.js';
import { UnheldWork } from '../src/unheld-work.js';
import { deferred } from './deferred.js';

const unheld = new UnheldWork();
const never = () => new Promise<void>(() => undefined);

const partsOf = (parts: Partial<TelemetryParts>): TelemetryParts => ({
  activity: () => 0,
  endOpenOperations: () => undefined,
  forceFlush: () => Promise.resolve(),
  flushSync: () => undefined,
  shutdown: () => Promise.resolve(),
  ...parts,
});

describe('Telemetry', () => {
  beforeEach(() => {
    lines.length = 0;
    diag.setLogger(new StderrLogger(), { suppressOverrideMessage: true });
  });
  afterAll(() => diag.disable());

  it.each(['forceFlush', 'shutdown'] as const)('resolves when %s fails, and says so', async (method) => {
    const parts = partsOf({ [method]: () => Promise.reject(new Error('down')) });
    await expect(new Telemetry(parts, unheld, 1000)[method]()).resolves.toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/flush failed; what was neither sent nor stored is lost: down$/)]);
  });

  it.each(['forceFlush', 'shutdown'] as const)('gives %s up when the time is over, and says so', async (method) => {
    await new Telemetry(partsOf({ [method]: never }), unheld, 5)[method]();
    expect(lines).toEqual([expect.stringMatching(/flush took longer than 5 ms/)]);
  });

  it('does not surface a failure that comes after the time is over', async () => {
    const late = deferred();
    await new Telemetry(partsOf({ forceFlush: () => late.promise }), unheld, 1).forceFlush();
    late.reject(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(lines).toHaveLength(1);
  });

  it('ends open operations before it shuts down, once', async () => {
    const calls: string[] = [];
    const note = (name: string) => async () => void calls.push(name);
    const telemetry = new Telemetry(
      partsOf({
        endOpenOperations: () => void calls.push('end'),
        shutdown: note('shutdown'),
        forceFlush: note('flush'),
      }),
      unheld,
      1000,
    );
    await Promise.all([telemetry.shutdown(), telemetry.shutdown(), telemetry.forceFlush()]);
    telemetry.flushWithoutWaiting();
    expect(calls).toEqual(['end', 'shutdown']);
  });

  it('flushes without waiting, and without a word about failures', async () => {
    const forceFlush = jest.fn(() => Promise.reject(new Error('down')));
    new Telemetry(partsOf({ forceFlush }), unheld, 1000).flushWithoutWaiting();
    await new Promise((resolve) => setImmediate(resolve));
    expect(forceFlush).toHaveBeenCalledTimes(1);
    expect(lines).toEqual([]);
  });

  it('stores at exit what can be stored without waiting, after the stages have handed on what they hold', async () => {
    const calls: string[] = [];
    const parts = partsOf({
      forceFlush: () => Promise.resolve(void calls.push('forceFlush')),
      flushSync: () => void calls.push('flushSync'),
    });
    const telemetry = new Telemetry(parts, unheld, 1000);
    telemetry.flushWithoutWaiting();
    expect(calls).toEqual(['forceFlush', 'flushSync']);
    // A shutdown that is still under way when the process exits has not stored everything either.
    void telemetry.shutdown();
    telemetry.flushWithoutWaiting();
    expect(calls).toEqual(['forceFlush', 'flushSync', 'flushSync']);
    await telemetry.shutdown();
  });
});
