import { IndexedSlots } from '../src/indexed-slots.js';

const slots = () => new IndexedSlots<{ text?: string }>(() => ({}));

describe('IndexedSlots', () => {
  it('gives the same slot to the same index', () => {
    const some = slots();
    expect(some.at(1, 0)).toBe(some.at(1, 5));
    expect(some.at(1, 0)).not.toBe(some.at(0, 0));
  });

  it.each([-1, 0.5, NaN, 4e9, '1', null, undefined])('takes the position for the index %p', (index) => {
    const some = slots();
    expect(some.at(index, 2)).toBe(some.at(2, 0));
    expect(some.length).toBe(3);
  });

  it('lists all with the gaps, or only those used', () => {
    const some = slots();
    some.at(2, 0).text = 'c';
    expect(some.all()).toEqual([{}, {}, { text: 'c' }]);
    expect(some.used()).toEqual([{ text: 'c' }]);
  });

  it('is bounded, whatever the position', () => {
    const some = slots();
    some.at(undefined, 1e6);
    expect(some.length).toBeLessThanOrEqual(256);
  });
});
