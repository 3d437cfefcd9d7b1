import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { remembering } from '../src/remembering.js';

it('works out each answer once, also when it is undefined', () => {
  const asked: string[] = [];
  const lengthOf = remembering((name) => {
    asked.push(name);
    return name === '' ? undefined : name.length;
  });
  expect([lengthOf('key'), lengthOf(''), lengthOf('key'), lengthOf('')]).toEqual([3, undefined, 3, undefined]);
  expect(asked).toEqual(['key', '']);
});

it('gives right answers to any number of names', () => {
  const lengthOf = remembering((name) => name.length);
  for (let round = 0; round < 2; round++) for (let i = 0; i < 2500; i++) expect(lengthOf('x'.repeat(i))).toBe(i);
});

it('does not keep the texts that names are parts of', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const lengthOf = remembering((name) => name.length);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 200; i++) {
    const text = Buffer.alloc(200_000, `some words and name number ${i} `).toString('latin1');
    lengthOf(text.slice(1, 31));
  }
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
});
