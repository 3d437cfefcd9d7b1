import { closestName } from '../src/closest-name.js';

describe('closestName', () => {
  it.each([
    ['SHUTDOWN_TIMEOUT', ['SHUTDOWN_TIMEOUT_MS', 'JSONL_PATH'], 'SHUTDOWN_TIMEOUT_MS'],
    ['JSNOL_PATH', ['SHUTDOWN_TIMEOUT_MS', 'JSONL_PATH'], 'JSONL_PATH'],
    ['ABC', ['SHUTDOWN_TIMEOUT_MS', 'JSONL_PATH'], undefined],
    ['ABC', [], undefined],
  ])('finds for %s among %j: %s', (name, candidates, expected) => {
    expect(closestName(name, candidates)).toBe(expected);
  });
});
