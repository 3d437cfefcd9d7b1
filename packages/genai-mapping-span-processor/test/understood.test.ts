import { Understood } from '../src/understood';

it('knows what was understood by its place and by its name', () => {
  const understood = new Understood(['a', 'b', 'c']);
  understood.addAt(0, 1);
  understood.add('c', 2);
  understood.add('event', 4);
  expect([0, 1, 2].map((place) => understood.isAnyAt(place))).toEqual([true, false, true]);
  expect(['a', 'b', 'c', 'event'].map((name) => understood.isBy(name, -1))).toEqual([true, false, true, true]);
  expect([...understood.names()].sort()).toEqual(['a', 'c', 'event']);
});

it('knows by which dialects, also what is added after it was asked', () => {
  const understood = new Understood(['a']);
  understood.addAt(0, 1);
  expect([understood.isBy('a', 1), understood.isBy('a', 2)]).toEqual([true, false]);
  understood.add('a', 2);
  expect([understood.isBy('a', 1), understood.isBy('a', 2), understood.isBy('a', 4)]).toEqual([true, true, false]);
});
