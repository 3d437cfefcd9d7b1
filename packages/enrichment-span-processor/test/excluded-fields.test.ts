import { ExcludedFields } from '../src/excluded-fields.js';
import { parseExcludedPath } from '../src/excluded-path.js';

describe('ExcludedFields', () => {
  it.each([
    ['customer.name', 'customer.name', true],
    ['customer.name', 'app.Customer.NAME', true],
    ['customer.name', 'customer.name.first', true],
    ['customer.name', 'customer.names', false],
    ['customer.name', 'customer.x.name', false],
    ['customer.*.name', 'customer.x.name', true],
    ['customer.*.name', 'customer.name', false],
    ['customer.**.name', 'customer.name', true],
    ['customer.**.name', 'customer.a.b.c.name', true],
    ['x-*-key', 'headers.x-api-key', true],
    ['x-*-key', 'headers.x-api-keys', false],
    ['messages[*].content', 'llm.messages.3.content', true],
    ['messages.content', 'llm.messages.3.content', true],
    ['messages.*.content', 'llm.messages.3.content', true],
    ['*.authorization', 'authorization', false],
    ['*.authorization', 'a.authorization', true],
    ['a.a.b', 'a.a.a.b', true],
  ])('%s names %s: %s', (path, key, expected) => {
    const fields = new ExcludedFields([parseExcludedPath('x', 'other.path'), parseExcludedPath('x', path)]);
    expect(fields.afterKey(fields.start, key).isExcluded).toBe(expected);
    // What is remembered says the same.
    expect(fields.afterKey(fields.start, key).isExcluded).toBe(expected);
  });

  it('stays right and small with more keys than it remembers', () => {
    const fields = new ExcludedFields([parseExcludedPath('x', 'a.**.b*')]);
    for (let n = 0; n < 5_000; n++) {
      expect(fields.afterKey(fields.start, `k${n}.a.x${n}.b${n}`).isExcluded).toBe(true);
      expect(fields.afterKey(fields.start, `k${n}.a.x${n}.c${n}`).isExcluded).toBe(false);
    }
    expect(fields.start.afterSegment.size).toBeLessThanOrEqual(200);
  });
});
