import { AdaptiveRate } from '../src/adaptive-rate.js';
import type { AdaptiveRateOptions } from '../src/adaptive-rate.js';
import { KEEP_ALL, KEEP_NONE, keeps, rateOf, thresholdOf } from '../src/threshold.js';

/** What came in a second, and how many of it are kept by expectation. */
interface Second {
  readonly arrivals: number;
  readonly others: number;
  readonly kept: number;
}

/** How a second's arrivals are spread. */
type Spread = 'even' | 'atOnce';

/** A rate with a clock in the hand. */
class Bench {
  time = 0;
  readonly rate: AdaptiveRate;
  readonly seconds: Second[] = [];

  constructor(options: Partial<AdaptiveRateOptions> & { readonly targetTracesPerSecond: number }) {
    this.rate = new AdaptiveRate({ minRate: 0, maxRate: 1, ...options }, () => this.time);
  }

  /** Lets one second pass. */
  second(
    arrivals: number,
    options: { others?: number; spread?: Spread; onThreshold?: (threshold: string) => void } = {},
  ): this {
    const { others = 0, spread = 'even', onThreshold } = options;
    const start = this.time;
    const all = arrivals + others;
    let kept = 0;
    let last = '';
    let lastRate = 0;
    let othersDue = 0;
    for (let index = 0; index < all; index++) {
      if (spread === 'even') this.time = start + (index * 1_000) / all;
      othersDue += others;
      if (othersDue >= all) {
        othersDue -= all;
        this.rate.countOther();
        continue;
      }
      const threshold = this.rate.thresholdFor();
      if (threshold !== last) lastRate = rateOf(threshold);
      last = threshold;
      kept += lastRate;
      onThreshold?.(threshold);
    }
    this.time = start + 1_000;
    this.seconds.push({ arrivals, others, kept });
    return this;
  }

  /** Kept per second on average, others included. */
  keptPerSecond(from: number, to = this.seconds.length): number {
    const seconds = this.seconds.slice(from, to);
    return seconds.reduce((sum, { kept, others }) => sum + kept + others, 0) / seconds.length;
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

/** How many come in a second when each comes by chance (Poisson). */
function byChance(mean: number, random: () => number): number {
  let count = 0;
  for (let time = -Math.log(1 - random()) / mean; time < 1; time -= Math.log(1 - random()) / mean) count++;
  return count;
}

describe('AdaptiveRate', () => {
  describe('under steady load', () => {
    it.each([
      [10, 1],
      [10, 5],
      [1_000, 1],
      [1_000, 50],
      [100_000, 5],
      [100_000, 100],
    ])('of %p traces per second holds a target of %p within 10 %% after ten seconds', (load, targetTracesPerSecond) => {
      const bench = new Bench({ targetTracesPerSecond });
      for (let second = 0; second < 30; second++) bench.second(load);
      expect(Math.abs(bench.keptPerSecond(10) / targetTracesPerSecond - 1)).toBeLessThan(0.1);
    });

    it.each([
      [10, 2],
      [100, 5],
      [1_000, 10],
    ])('of %p traces per second by chance holds a target of %p within 10 %%', (load, targetTracesPerSecond) => {
      const random = randomFrom(7);
      const bench = new Bench({ targetTracesPerSecond });
      for (let second = 0; second < 220; second++) bench.second(byChance(load, random));
      expect(Math.abs(bench.keptPerSecond(20) / targetTracesPerSecond - 1)).toBeLessThan(0.1);
    });

    it.each([1, 2, 5])('that comes all at once every %p seconds holds the target within 10 %%', (every) => {
      const bench = new Bench({ targetTracesPerSecond: 10 });
      for (let second = 0; second < 120; second++)
        bench.second(second % every === 0 ? 1_000 * every : 0, { spread: 'atOnce' });
      expect(Math.abs(bench.keptPerSecond(20) / 10 - 1)).toBeLessThan(0.1);
    });

    it('below the target keeps all, at the highest rate', () => {
      const thresholds = new Set<string>();
      const bench = new Bench({ targetTracesPerSecond: 10 });
      for (let second = 0; second < 20; second++)
        bench.second(9, { onThreshold: (threshold) => thresholds.add(threshold) });
      expect([...thresholds]).toEqual([KEEP_ALL]);
      const limited = new Bench({ targetTracesPerSecond: 10, maxRate: 0.25 });
      thresholds.clear();
      for (let second = 0; second < 20; second++)
        limited.second(9, { onThreshold: (threshold) => thresholds.add(threshold) });
      expect([...thresholds]).toEqual([thresholdOf(0.25)]);
    });

    it('of less than one trace per second keeps what a target below one allows', () => {
      const seldom = new Bench({ targetTracesPerSecond: 0.1 });
      for (let second = 0; second < 2_000; second++) seldom.second(second % 20 === 0 ? 1 : 0);
      expect(seldom.keptPerSecond(0)).toBeCloseTo(0.05, 6);
      const often = new Bench({ targetTracesPerSecond: 0.1 });
      for (let second = 0; second < 2_000; second++) often.second(second % 2 === 0 ? 1 : 0);
      expect(Math.abs(often.keptPerSecond(200) / 0.1 - 1)).toBeLessThan(0.1);
    });
  });

  describe('when the load changes', () => {
    it('keeps a few times the target at a cold start, not what came', () => {
      const bench = new Bench({ targetTracesPerSecond: 10 });
      for (let second = 0; second < 20; second++) bench.second(1_000);
      expect(bench.keptPerSecond(0, 1)).toBeLessThan(10 * (1.1 + Math.log(100)));
      expect(bench.keptPerSecond(1, 2)).toBeLessThan(15);
      expect(bench.keptPerSecond(0, 10)).toBeLessThan(15);
    });

    it.each(['even', 'atOnce'] as const)(
      'keeps a few times the target of a burst of a hundred times the load (%s)',
      (spread) => {
        const bench = new Bench({ targetTracesPerSecond: 10 });
        for (let second = 0; second < 30; second++) bench.second(100);
        for (let second = 0; second < 20; second++) bench.second(10_000, { spread });
        expect(bench.keptPerSecond(30, 31)).toBeLessThan(10 * (1.1 + Math.log(100)));
        expect(bench.keptPerSecond(30, 40)).toBeLessThan(18);
        expect(Math.abs(bench.keptPerSecond(40) / 10 - 1)).toBeLessThan(0.1);
      },
    );

    it('does not let a burst in for the time when there was too little to keep', () => {
      const bench = new Bench({ targetTracesPerSecond: 10 });
      for (let second = 0; second < 60; second++) bench.second(3);
      bench.second(1_000);
      expect(bench.keptPerSecond(60)).toBeLessThan(10 * (1.1 + Math.log(100)));
    });

    it('starts anew after idle hours', () => {
      const bench = new Bench({ targetTracesPerSecond: 10 });
      for (let second = 0; second < 30; second++) bench.second(10_000);
      bench.time += 3 * 3_600_000;
      for (let second = 0; second < 20; second++) bench.second(5);
      expect(bench.keptPerSecond(31)).toBe(5);
      bench.time += 3 * 3_600_000;
      for (let second = 0; second < 20; second++) bench.second(1_000);
      expect(bench.keptPerSecond(50, 51)).toBeLessThan(10 * (1.1 + Math.log(100)));
      expect(Math.abs(bench.keptPerSecond(60) / 10 - 1)).toBeLessThan(0.1);
    });

    it('follows a ramp within 30 %, and comes back', () => {
      const bench = new Bench({ targetTracesPerSecond: 10 });
      for (let second = 0; second < 40; second++) bench.second(Math.round(100 * 1.1 ** second));
      expect(bench.keptPerSecond(20)).toBeGreaterThan(7);
      expect(bench.keptPerSecond(20)).toBeLessThan(13);
      for (let second = 0; second < 60; second++) bench.second(Math.max(100, Math.round(4_000 / 1.1 ** second)));
      expect(bench.keptPerSecond(50, 80)).toBeGreaterThan(6);
      expect(bench.keptPerSecond(50, 80)).toBeLessThan(13);
      expect(Math.abs(bench.keptPerSecond(90) / 10 - 1)).toBeLessThan(0.1);
    });

    it('lets the rate rise again within thirty seconds after a load of a hundred times', () => {
      const bench = new Bench({ targetTracesPerSecond: 10 });
      for (let second = 0; second < 30; second++) bench.second(10_000);
      for (let second = 0; second < 40; second++) bench.second(100);
      expect(bench.keptPerSecond(60)).toBeGreaterThan(8);
    });
  });

  describe('with other traces that are kept', () => {
    it.each([
      [0, 20],
      [5, 20],
      [15, 20],
      [19, 20],
      [20, 20],
      [40, 40],
    ])('%p of them and those of the rate come to %p per second for a target of 20', (others, together) => {
      const bench = new Bench({ targetTracesPerSecond: 20 });
      for (let second = 0; second < 40; second++) bench.second(1_000, { others });
      expect(Math.abs(bench.keptPerSecond(15) / together - 1)).toBeLessThan(0.1);
    });

    it('keeps nothing by the rate as soon as a burst of them has used up the target', () => {
      const bench = new Bench({ targetTracesPerSecond: 20 });
      for (let second = 0; second < 20; second++) bench.second(100);
      expect(rateOf(bench.rate.thresholdFor())).toBeCloseTo(0.2, 2);
      for (let other = 0; other < 50; other++) bench.rate.countOther();
      expect(bench.rate.thresholdFor()).toBe(KEEP_NONE);
    });

    it('never goes below the lowest rate for them or for the load', () => {
      const rates = new Set<number>();
      const bench = new Bench({ targetTracesPerSecond: 1, minRate: 0.01 });
      for (let second = 0; second < 20; second++) {
        bench.second(10_000, { others: 50, onThreshold: (threshold) => rates.add(rateOf(threshold)) });
      }
      expect(Math.min(...rates)).toBeCloseTo(0.01, 12);
      expect(bench.seconds.at(-1)?.kept).toBeCloseTo(100, 6);
    });

    it('never goes above the highest rate for the lowest', () => {
      const bench = new Bench({ targetTracesPerSecond: 1, minRate: 0.5, maxRate: 0.1 });
      expect(bench.rate.thresholdFor()).toBe(thresholdOf(0.1));
    });
  });

  it('keeps adjusted counts true within 2 % over 200,000 traces of changing load', () => {
    const random = randomFrom(4_711);
    const bench = new Bench({ targetTracesPerSecond: 100 });
    let truth = 0;
    let adjusted = 0;
    let kept = 0;
    while (truth < 200_000) {
      const load = Math.floor(50 * 60 ** random());
      const seconds = Math.ceil(random() * 15);
      for (let second = 0; second < seconds; second++) {
        bench.second(load, {
          others: Math.floor(random() * 10),
          onThreshold: (threshold) => {
            const digits = (): string =>
              Math.floor(random() * 2 ** 28)
                .toString(16)
                .padStart(7, '0');
            truth++;
            if (!keeps(threshold, digits() + digits())) return;
            kept++;
            adjusted += 1 / rateOf(threshold);
          },
        });
      }
    }
    expect(kept).toBeLessThan(truth / 4);
    expect(Math.abs(adjusted / truth - 1)).toBeLessThan(0.02);
  });

  it('gives the same thresholds for the same arrivals', () => {
    const run = (): string[] => {
      const random = randomFrom(3);
      const thresholds: string[] = [];
      const bench = new Bench({ targetTracesPerSecond: 5 });
      for (let second = 0; second < 50; second++) {
        bench.second(Math.floor(random() * 300), {
          others: second % 3,
          onThreshold: (threshold) => thresholds.push(threshold),
        });
      }
      return thresholds;
    };
    expect(run()).toEqual(run());
  });

  it('takes a clock that goes back for one that stands still', () => {
    const bench = new Bench({ targetTracesPerSecond: 10 });
    bench.time = 100_000;
    for (let second = 0; second < 20; second++) bench.second(100);
    const before = bench.rate.thresholdFor();
    bench.time -= 50_000;
    expect(bench.rate.thresholdFor()).toBe(before);
  });

  it('reads the monotonic clock by itself', () => {
    expect(new AdaptiveRate({ targetTracesPerSecond: 10, minRate: 0, maxRate: 1 }).thresholdFor()).toBe(KEEP_ALL);
  });
});
