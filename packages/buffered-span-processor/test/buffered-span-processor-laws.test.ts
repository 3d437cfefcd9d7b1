import fc from 'fast-check';
import { diag } from '@opentelemetry/api';
import { fuzz, recordWarnings } from '@genspan/test-utils';
import type { ExportResultLike } from '@genspan/span-processor-base';
import { BufferedApp } from './buffered-app.js';
import { ScriptedExporter } from './scripted-exporter.js';

/** What an exporter does with one batch. */
const behaviour = fc.constantFrom<Behaviour>(
  'succeed',
  'fail',
  'answerLater',
  'failLater',
  'answerTwice',
  'never',
  'throw',
  'reject',
  'partial',
  'tooManyLosses',
  'garbage',
  'afterTimeout',
);
type Behaviour =
  | 'succeed'
  | 'fail'
  | 'answerLater'
  | 'failLater'
  | 'answerTwice'
  | 'never'
  | 'throw'
  | 'reject'
  | 'partial'
  | 'tooManyLosses'
  | 'garbage'
  | 'afterTimeout';

const TIMEOUT_MILLIS = 100;
type Answer = (result: ExportResultLike) => void;
const PARTIAL: ExportResultLike = { code: 1, error: new Error('part'), losses: [{ reason: 'rejected', count: 1 }] };
const TOO_MANY: ExportResultLike = { code: 0, losses: [{ reason: 'evicted', count: 99 }] };

const BEHAVIOURS: { readonly [B in Behaviour]: (answer: Answer) => unknown } = {
  succeed: (answer) => answer({ code: 0 }),
  fail: (answer) => answer({ code: 1 }),
  answerLater: (answer) => setTimeout(answer, 30, { code: 0 }),
  failLater: (answer) => setTimeout(answer, 30, { code: 1 }),
  answerTwice: (answer) => {
    answer({ code: 0 });
    setTimeout(answer, 5, { code: 1 });
  },
  never: () => undefined,
  throw: () => {
    throw new Error('broken');
  },
  reject: () => Promise.reject(new Error('broken')),
  partial: (answer) => answer(PARTIAL),
  tooManyLosses: (answer) => answer(TOO_MANY),
  garbage: (answer) => (answer as (result: unknown) => void)('ok'),
  afterTimeout: (answer) => setTimeout(answer, 1.5 * TIMEOUT_MILLIS, { code: 0 }),
};

/** Behaves as the list says, batch by batch, and then from its start again. */
class MoodyExporter extends ScriptedExporter {
  readonly #moods: readonly Behaviour[];
  readonly #canStore: boolean;
  #batches = 0;

  constructor(moods: readonly Behaviour[], canStore: boolean) {
    super();
    this.#moods = moods;
    this.#canStore = canStore;
  }

  override export(_spans: unknown, answer: Answer): void {
    return this.#behave(answer) as void;
  }

  get exportSync(): (() => ExportResultLike) | undefined {
    if (!this.#canStore) return undefined;
    return () => {
      let result: ExportResultLike | undefined;
      const returned = this.#behave((given) => (result ??= given));
      // Nobody looks at what is returned here beside the result.
      if (returned instanceof Promise) returned.catch(() => {});
      return result as ExportResultLike;
    };
  }

  #behave(answer: Answer): unknown {
    const mood = this.#moods[this.#batches++ % this.#moods.length] ?? 'succeed';
    return BEHAVIOURS[mood](answer);
  }
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('end' as const), amount: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), amount: fc.integer({ min: 1, max: 120 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), amount: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flushSync' as const), amount: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('shutdown' as const), amount: fc.constant(0) }) },
);

const options = fc.record({
  maxQueueSize: fc.integer({ min: 5, max: 20 }),
  maxBatchSize: fc.integer({ min: 1, max: 5 }),
  maxConcurrentExports: fc.integer({ min: 1, max: 3 }),
  maxQueueBytes: fc.constantFrom(4_000, 1_000_000),
  maxBatchBytes: fc.constantFrom(2_000, 1_000_000),
  dropPolicy: fc.constantFrom('newest' as const, 'oldest' as const, 'leastImportant' as const),
  syncFlush: fc.boolean(),
});

beforeEach(() => {
  jest.useFakeTimers();
  recordWarnings();
});
afterEach(() => {
  diag.disable();
  jest.useRealTimers();
});

test('every span taken is exported, lost or pending at every moment, and each loss is told, whatever the exporter does', async () => {
  await fc.assert(
    fc.asyncProperty(
      options,
      fc.array(behaviour, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.array(step, { maxLength: 25 }),
      async (given, moods, canStore, steps) => {
        const exporter = new MoodyExporter(moods, canStore);
        const times = { scheduleDelayMillis: 50, exportTimeoutMillis: TIMEOUT_MILLIS, shutdownTimeoutMillis: 200 };
        const app = new BufferedApp({ ...given, ...times, exporter });
        const { processor } = app;
        const told = (): number => app.drops.reduce((sum, { count }) => sum + count, 0);
        const check = (): void => {
          expect(app.unaccounted).toBe(0);
          expect(told()).toBe(processor.stats().dropped);
          expect(processor.stats().exported).toBeGreaterThanOrEqual(0);
          expect(processor.queueSize()).toBeLessThanOrEqual(given.maxQueueSize);
        };
        let ended = 0;
        for (const { do: what, amount } of steps) {
          if (what === 'end') app.endMany(amount);
          if (what === 'end') ended += amount;
          if (what === 'wait') await jest.advanceTimersByTimeAsync(amount);
          if (what === 'flush') void processor.forceFlush().catch(() => {});
          if (what === 'flushSync') processor.flushSync();
          if (what === 'shutdown') void processor.shutdown();
          check();
        }
        const last = processor.shutdown();
        await jest.advanceTimersByTimeAsync(200);
        await last;
        check();
        const { received, exported, dropped, droppedByReason, errors } = processor.stats();
        expect(received).toBe(ended);
        expect(processor.pendingCount()).toBe(0);
        expect(exported + dropped).toBe(ended);
        expect(Object.values(droppedByReason).reduce((sum, count) => sum + count, 0)).toBe(dropped);
        expect(app.errors).toHaveLength(errors);
        // What comes later changes no number but that of late results.
        await jest.advanceTimersByTimeAsync(100 * TIMEOUT_MILLIS);
        expect(processor.stats()).toMatchObject({ received, exported, dropped, droppedByReason });
        jest.clearAllTimers();
      },
    ),
    fuzz(60),
  );
}, 60_000);
