import fc from 'fast-check';
import { KEEP_ALL, keeps, rateOf, stricter, thresholdAbove, thresholdOf } from '../src/threshold.js';
import { ThroughputWindow } from '../src/throughput-window.js';

interface Candidate {
  readonly id: number;
  readonly randomness: string;
  readonly threshold: string;
  readonly important: boolean;
}

interface Kept {
  readonly candidate: Candidate;
  readonly threshold: string | undefined;
}

/** A window with a clock in the hand, that notes what comes of each candidate. */
class Bench {
  time = 0;
  readonly kept: Kept[] = [];
  readonly dropped: Candidate[] = [];
  readonly window: ThroughputWindow<Candidate>;

  constructor(tracesPerSecond: number) {
    this.window = new ThroughputWindow<Candidate>({
      tracesPerSecond,
      now: () => this.time,
      onDropped: (candidate) => this.dropped.push(candidate),
    });
  }

  offer(candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      this.window.offer(candidate, candidate.randomness, candidate.threshold, candidate.important);
    }
  }

  /** Closes the window now; gives what was kept. */
  close(): readonly Kept[] {
    const before = this.kept.length;
    this.window.close((candidate, threshold) => this.kept.push({ candidate, threshold }));
    return this.kept.slice(before);
  }

  /** Waits until the window is due, and closes it. */
  closeWhenDue(): readonly Kept[] {
    this.time += this.window.dueInMillis;
    return this.close();
  }
}

/** A small generator of its own (xorshift, 32 bits), so that a seed means the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function randomnessFrom(random: () => number): string {
  const digits = (): string =>
    Math.floor(random() * 2 ** 28)
      .toString(16)
      .padStart(7, '0');
  return digits() + digits();
}

/** Traces as they come, at the rates given in turn; those that their rate keeps are candidates. */
function candidatesOf(
  random: () => number,
  traces: number,
  rates: readonly number[],
  importantShare: number,
): Candidate[] {
  const candidates: Candidate[] = [];
  const thresholds = rates.map(thresholdOf);
  for (let id = 0; id < traces; id++) {
    const threshold = thresholds[id % thresholds.length] ?? KEEP_ALL;
    const randomness = randomnessFrom(random);
    const important = random() < importantShare;
    if (keeps(threshold, randomness)) candidates.push({ id, randomness, threshold, important });
  }
  return candidates;
}

const plain = (id: number, randomness: string, important = false): Candidate => ({
  id,
  randomness,
  threshold: KEEP_ALL,
  important,
});

const many = (count: number, seed = 1, importantShare = 0): Candidate[] =>
  candidatesOf(randomFrom(seed), count, [1], importantShare);

const adjustedCount = (kept: readonly Kept[]): number =>
  kept.reduce((sum, { threshold }) => sum + 1 / rateOf(threshold ?? KEEP_ALL), 0);

const arbitraryCandidates = fc
  .array(
    fc.record({
      randomness: fc.bigInt({ min: 0n, max: (1n << 56n) - 1n }).map((value) => value.toString(16).padStart(14, '0')),
      rate: fc.constantFrom(1, 0.5, 0.2, 0.01),
      important: fc.boolean(),
    }),
    { maxLength: 80 },
  )
  .map((all) =>
    all
      .map(({ randomness, rate, important }, id) => ({ id, randomness, threshold: thresholdOf(rate), important }))
      .filter(({ threshold, randomness }) => keeps(threshold, randomness)),
  );

describe('ThroughputWindow', () => {
  describe('the limit', () => {
    it('is never exceeded in any second, however the offers come and however often the window is closed', () => {
      const step = fc.record({
        wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 10_000 })),
        candidates: arbitraryCandidates,
        close: fc.boolean(),
      });
      const limit = fc.oneof(fc.integer({ min: 1, max: 25 }), fc.double({ min: 0.05, max: 30, noNaN: true }));
      fc.assert(
        fc.property(limit, fc.array(step, { maxLength: 30 }), (tracesPerSecond, steps) => {
          const bench = new Bench(tracesPerSecond);
          let offered = 0;
          const windows: { opened: number; closed: number; count: number }[] = [];
          let opened = 0;
          const second = (): number => Math.floor(bench.time / 1_000);
          const close = (): void => {
            windows.push({ opened, closed: second(), count: bench.close().length });
          };
          for (const { wait, candidates, close: early } of steps) {
            const until = bench.time + wait;
            while (bench.window.size > 0 && bench.time + bench.window.dueInMillis <= until) {
              bench.time += bench.window.dueInMillis;
              close();
            }
            bench.time = until;
            if (bench.window.size === 0) opened = second();
            bench.offer(candidates);
            offered += candidates.length;
            expect(bench.window.size).toBeLessThanOrEqual(Math.ceil(tracesPerSecond));
            if (early) close();
          }
          // What a window keeps is charged to a second that it was open in: any stretch of seconds has to hold its windows.
          const carried = Number.isInteger(tracesPerSecond) ? 0 : 1;
          for (const { opened: from } of windows) {
            for (const { closed: to } of windows) {
              const within = windows.filter((window) => window.opened >= from && window.closed <= to);
              const kept = within.reduce((sum, { count }) => sum + count, 0);
              if (from <= to) expect(kept).toBeLessThanOrEqual(tracesPerSecond * (to - from + 1) + carried + 1e-6);
            }
          }
          for (const { count } of windows) expect(count).toBeLessThanOrEqual(Math.ceil(tracesPerSecond));
          expect(bench.kept.length).toBeLessThanOrEqual(
            Math.max(1, tracesPerSecond) + tracesPerSecond * second() + 1e-6,
          );
          bench.window.finish((candidate, threshold) => bench.kept.push({ candidate, threshold }));
          expect(bench.window.size).toBe(0);
          expect(bench.kept.length + bench.dropped.length).toBe(offered);
        }),
      );
    });

    it.each([
      [0.1, 400],
      [0.3, 400],
      [0.5, 200],
      [0.7, 200],
      [1, 100],
      [1.5, 100],
      [2.5, 100],
      [10, 50],
    ])('of %p per second holds over %p seconds of more than enough candidates', (tracesPerSecond, seconds) => {
      const bench = new Bench(tracesPerSecond);
      let due = Infinity;
      for (let slice = 0; slice < seconds * 10; slice++) {
        bench.time = slice * 100;
        if (bench.time >= due) bench.close();
        bench.offer(many(5, slice + 1));
        due = bench.time + bench.window.dueInMillis;
      }
      expect(Math.abs(bench.kept.length - seconds * tracesPerSecond)).toBeLessThanOrEqual(Math.ceil(tracesPerSecond));
    });

    it.each([
      [0.1, 1],
      [1, 1],
      [2.5, 2],
      [10, 10],
    ])('of %p per second lets %p through at once after an idle hour', (tracesPerSecond, most) => {
      const bench = new Bench(tracesPerSecond);
      bench.offer(many(100));
      bench.closeWhenDue();
      bench.time += 3_600_000;
      bench.offer(many(100, 2));
      expect(bench.close()).toHaveLength(most);
    });

    it('counts what was kept when the window was closed early in the second', () => {
      const bench = new Bench(10);
      bench.time = 5_100;
      bench.offer(many(4));
      expect(bench.close()).toHaveLength(4);
      bench.time = 5_200;
      bench.offer(many(100, 2));
      expect(bench.close()).toHaveLength(6);
      bench.time = 5_300;
      bench.offer(many(100, 3));
      expect(bench.close()).toHaveLength(0);
      expect(bench.window.size).toBe(10);
      expect(bench.window.dueInMillis).toBe(700);
      expect(bench.closeWhenDue()).toHaveLength(10);
    });

    it('takes one trace per period of a slow clockwork, whatever the phase', () => {
      for (const phase of [0, 300, 1_000, 1_999, 7_777]) {
        const bench = new Bench(0.1);
        for (let minute = 0; minute < 60; minute++) {
          bench.time = phase + minute * 60_000;
          bench.offer(many(1, minute + 1));
          bench.closeWhenDue();
        }
        expect(bench.kept).toHaveLength(60);
      }
    });
  });

  describe('the window', () => {
    it('is due at the end of the second, for a place of the second', () => {
      const bench = new Bench(10);
      bench.time = 3_250.5;
      bench.offer(many(1));
      expect(bench.window.dueInMillis).toBe(750);
    });

    it('goes on until there is a place, and then decides about all since', () => {
      const bench = new Bench(0.5);
      bench.offer(many(3));
      expect(bench.closeWhenDue()).toHaveLength(1);
      bench.time = 1_200;
      bench.offer(many(3, 2));
      expect(bench.window.dueInMillis).toBe(800);
      bench.time = 1_999;
      bench.offer(many(3, 3));
      expect(bench.close()).toHaveLength(0);
      bench.time = 2_000;
      expect(bench.close()).toHaveLength(1);
      expect(bench.dropped).toHaveLength(2 + 5);
    });

    it('has its place when the fractions of the seconds do not quite add up to one', () => {
      expect((1 / 49) * 49).toBeLessThan(1);
      const bench = new Bench(1 / 49);
      bench.offer(many(3));
      expect(bench.closeWhenDue()).toHaveLength(1);
      bench.offer(many(3, 2));
      expect(bench.window.dueInMillis).toBe(48_000);
      expect(bench.closeWhenDue()).toHaveLength(1);
    });

    it('never asks for a longer delay than a timer can take', () => {
      const bench = new Bench(1e-9);
      bench.offer(many(1));
      bench.closeWhenDue();
      bench.offer(many(1, 2));
      expect(bench.window.dueInMillis).toBe(2 ** 31 - 1);
    });

    it('keeps all with their own thresholds while there are places enough', () => {
      const bench = new Bench(10);
      const candidates = candidatesOf(randomFrom(5), 20, [1, 0.2], 0.3).slice(0, 10);
      bench.offer(candidates);
      const kept = bench.close();
      expect(kept).toHaveLength(10);
      for (const { candidate, threshold } of kept) expect(threshold).toBe(candidate.threshold);
      expect(bench.dropped).toHaveLength(0);
    });

    it('drops what has no place at all when it is finished', () => {
      const bench = new Bench(1);
      bench.offer(many(5));
      bench.close();
      bench.offer(many(5, 2));
      bench.window.finish((candidate, threshold) => bench.kept.push({ candidate, threshold }));
      expect(bench.kept).toHaveLength(1);
      expect(bench.dropped).toHaveLength(9);
      expect(bench.window.size).toBe(0);
    });

    it('takes offers that are made while it decides for the next window', () => {
      const bench = new Bench(3);
      bench.offer(many(3));
      bench.time = 1_000;
      bench.window.close((candidate) => bench.offer([{ ...candidate, id: candidate.id + 100 }]));
      expect(bench.window.size).toBe(3);
      expect(
        bench
          .closeWhenDue()
          .map(({ candidate }) => candidate.id)
          .sort(),
      ).toEqual([100, 101, 102]);
    });

    it('reads the monotonic clock by itself', () => {
      const window = new ThroughputWindow<number>({ tracesPerSecond: 1, onDropped: () => undefined });
      window.offer(1, KEEP_ALL, KEEP_ALL, false);
      expect(window.dueInMillis).toBeGreaterThanOrEqual(0);
      expect(window.dueInMillis).toBeLessThanOrEqual(1_000);
    });
  });

  describe('the two classes', () => {
    it.each([
      // limit, important, others → kept important, kept others
      [10, 100, 100, 9, 1],
      [10, 100, 0, 10, 0],
      [10, 0, 100, 0, 10],
      [10, 3, 100, 3, 7],
      [30, 100, 2, 28, 2],
      [30, 100, 100, 27, 3],
      [9, 100, 100, 9, 0],
      [1, 1, 100, 1, 0],
      [10, 9, 100, 9, 1],
    ])(
      'share %p places among %p important and %p others as %p and %p',
      (limit, important, others, keptImportant, keptOthers) => {
        const random = randomFrom(3);
        const candidates = [
          ...Array.from({ length: important }, (_, id) => plain(id, randomnessFrom(random), true)),
          ...Array.from({ length: others }, (_, id) => plain(id + 1_000, randomnessFrom(random))),
        ];
        for (const order of [candidates, [...candidates].reverse(), shuffled(candidates, random)]) {
          const bench = new Bench(limit);
          bench.offer(order);
          const kept = bench.close().map(({ candidate }) => candidate.important);
          expect([kept.filter(Boolean).length, kept.filter((value) => !value).length]).toEqual([
            keptImportant,
            keptOthers,
          ]);
        }
      },
    );
  });

  describe('what is kept', () => {
    it('are just the candidates of a class that pass the threshold of the class, which is no lower than their own', () => {
      fc.assert(
        fc.property(arbitraryCandidates, fc.integer({ min: 1, max: 30 }), (all, limit) => {
          const bench = new Bench(limit);
          bench.offer(all);
          const kept = bench.close();
          for (const important of [true, false]) {
            const ours = kept.filter(({ candidate }) => candidate.important === important);
            const lost = bench.dropped.filter((candidate) => candidate.important === important);
            const highestLost = lost
              .map(({ randomness }) => randomness)
              .sort()
              .at(-1);
            const cut = highestLost === undefined ? KEEP_ALL : thresholdAbove(highestLost);
            for (const { candidate, threshold } of ours) {
              expect(threshold).toBe(stricter(candidate.threshold, cut));
              expect(keeps(threshold ?? 'g', candidate.randomness)).toBe(true);
            }
          }
          expect(kept).toHaveLength(Math.min(all.length, limit));
        }),
      );
    });

    it('does not depend on the order of the offers', () => {
      fc.assert(
        fc.property(
          arbitraryCandidates,
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 1, max: 1e9 }),
          (all, limit, seed) => {
            const outcome = (order: readonly Candidate[]): string[] => {
              const bench = new Bench(limit);
              bench.offer(order);
              return bench
                .close()
                .map(({ candidate, threshold }) => `${candidate.id} ${threshold ?? 'none'}`)
                .sort();
            };
            expect(outcome(shuffled(all, randomFrom(seed)))).toEqual(outcome(all));
          },
        ),
      );
    });

    it('keeps traces of one randomness together or not at all', () => {
      const bench = new Bench(3);
      const conversation = [2, 3].map((id) => plain(id, '80000000000000'));
      bench.offer([plain(0, 'a0000000000000'), plain(1, '90000000000000'), ...conversation]);
      expect(bench.close()).toEqual([
        { candidate: plain(0, 'a0000000000000'), threshold: '80000000000001' },
        { candidate: plain(1, '90000000000000'), threshold: '80000000000001' },
      ]);
      expect(bench.dropped).toEqual(expect.arrayContaining(conversation));
    });

    it.each(['80000000000000', 'ffffffffffffff', KEEP_ALL])(
      'gives the places to some of too many traces of the one randomness %p, and no threshold',
      (randomness) => {
        const bench = new Bench(3);
        bench.offer(Array.from({ length: 8 }, (_, id) => plain(id, randomness)));
        const kept = bench.close();
        expect(kept.map(({ threshold }) => threshold)).toEqual([undefined, undefined, undefined]);
        expect(bench.dropped).toHaveLength(5);
      },
    );
  });

  describe('the adjusted count', () => {
    it.each([
      ['one class', 10, [1], 0],
      ['one class that is all important', 10, [1], 1],
      ['two classes', 50, [1], 0.3],
      ['two classes of few important', 20, [1], 0.01],
      ['thresholds of the rates 1, 0.2 and 0.01', 10, [1, 0.2, 0.01], 0],
      ['thresholds of the rates 1, 0.2 and 0.01 in two classes', 50, [1, 0.2, 0.01], 0.3],
      ['mostly low rates', 20, [0.01, 0.01, 0.01, 0.01, 0.2], 0.1],
    ])('of %s (%p per second) is the true count within 2 %%', (_, limit, rates, importantShare) => {
      const windows = 2_500;
      const tracesPerWindow = 100;
      const random = randomFrom(20_261_121);
      const bench = new Bench(limit);
      let truth = 0;
      for (let window = 0; window < windows; window++) {
        // The load changes from window to window.
        const traces = Math.floor(tracesPerWindow * (0.5 + random()));
        truth += traces;
        bench.time = window * 1_000;
        bench.offer(candidatesOf(random, traces, rates, importantShare));
        bench.closeWhenDue();
      }
      expect(adjustedCount(bench.kept) / truth).toBeGreaterThan(0.98);
      expect(adjustedCount(bench.kept) / truth).toBeLessThan(1.02);
    });

    it('is the true count of each rate and of each class by itself, within 4 %', () => {
      const rates = [1, 0.2, 0.05];
      const random = randomFrom(77);
      const bench = new Bench(30);
      const windows = 2_500;
      for (let window = 0; window < windows; window++) {
        bench.time = window * 1_000;
        bench.offer(candidatesOf(random, 150, rates, 0.2));
        bench.closeWhenDue();
      }
      const traces = windows * 150;
      for (const rate of rates) {
        const share = bench.kept.filter(({ candidate }) => candidate.threshold === thresholdOf(rate));
        expect(Math.abs(adjustedCount(share) / (traces / rates.length) - 1)).toBeLessThan(0.04);
      }
      const important = bench.kept.filter(({ candidate }) => candidate.important);
      expect(Math.abs(adjustedCount(important) / (traces * 0.2) - 1)).toBeLessThan(0.04);
    });

    it('is true with fractional limits and with windows that are closed early', () => {
      const random = randomFrom(99);
      for (const limit of [2.5, 5]) {
        const bench = new Bench(limit);
        let truth = 0;
        let due = Infinity;
        for (let slice = 0; slice < 12_000; slice++) {
          bench.time = slice * 250;
          if (bench.time >= due || random() < 0.1) bench.close();
          bench.offer(many(20, Math.floor(random() * 2 ** 31) + 1));
          truth += 20;
          due = bench.time + bench.window.dueInMillis;
        }
        bench.closeWhenDue();
        expect(Math.abs(adjustedCount(bench.kept) / truth - 1)).toBeLessThan(0.05);
      }
    });
  });

  it('holds no more than its places over a million offers, and lets the others go at once', () => {
    const random = randomFrom(11);
    let dropped = 0;
    const window = new ThroughputWindow<number>({ tracesPerSecond: 10, now: () => 0, onDropped: () => dropped++ });
    const offers = 1_000_000;
    const randomness = Array.from({ length: 4_096 }, () => randomnessFrom(random));
    for (let id = 0; id < offers; id++) {
      window.offer(id, randomness[id % randomness.length] ?? KEEP_ALL, KEEP_ALL, id % 7 === 0);
      if (window.size > 10) throw new Error(`Expected at most 10 candidates, got ${window.size}`);
    }
    expect(dropped).toBe(offers - 10);
    const kept: number[] = [];
    window.finish((candidate) => kept.push(candidate));
    expect(dropped + kept.length).toBe(offers);
  });
});

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
