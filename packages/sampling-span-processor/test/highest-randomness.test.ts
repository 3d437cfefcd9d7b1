import fc from 'fast-check';
import { HighestRandomness } from '../src/highest-randomness.js';
import { KEEP_ALL } from '../src/threshold.js';

const randomness = fc.integer({ min: 0, max: 40 }).map((value) => value.toString(16).padStart(14, '0'));

describe('HighestRandomness', () => {
  it('holds the highest of all that were offered, tells of each of the others, and knows the highest of those', () => {
    fc.assert(
      fc.property(
        fc.array(randomness),
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 12 }),
        (all, places, removed) => {
          const highest = new HighestRandomness<number>();
          const gone = new Set<number>();
          const take = (index: number | undefined): void => {
            if (index === undefined) return;
            expect(gone.has(index)).toBe(false);
            gone.add(index);
          };
          all.forEach((value, index) => take(highest.offer(index, value, KEEP_ALL, places)));
          for (let i = 0; i < removed; i++) take(highest.removeLowest());
          const size = Math.max(0, Math.min(places, all.length) - removed);
          const sorted = [...all].sort().reverse();
          const held = highest.entries();
          expect(highest.offered).toBe(all.length);
          expect(highest.size).toBe(size);
          expect(
            held
              .map((entry) => entry.randomness)
              .sort()
              .reverse(),
          ).toEqual(sorted.slice(0, size));
          expect(highest.leftOut).toBe(sorted[size]);
          for (const { candidate } of held) take(candidate);
          expect(gone.size).toBe(all.length);
        },
      ),
    );
  });

  it('goes on correctly when there are fewer places than before', () => {
    const highest = new HighestRandomness<string>();
    expect(highest.offer('a', '10000000000000', KEEP_ALL, 2)).toBeUndefined();
    expect(highest.offer('b', '30000000000000', KEEP_ALL, 2)).toBeUndefined();
    expect(highest.removeLowest()).toBe('a');
    expect(highest.offer('c', '20000000000000', KEEP_ALL, 1)).toBe('c');
    expect(highest.leftOut).toBe('20000000000000');
    expect(highest.offer('d', '40000000000000', KEEP_ALL, 1)).toBe('b');
    expect(highest.leftOut).toBe('30000000000000');
  });
});
