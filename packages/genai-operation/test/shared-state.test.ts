import { join } from 'node:path';
import { runNode } from '@genspan/test-utils';
import { sharedState } from '../src/shared-state.js';

it('makes a state once and hands the same one to everyone who asks for its name', () => {
  const create = jest.fn(() => new Set<string>());
  const name = `genspan.test-${Date.now()}`;
  const first = sharedState(name, create);
  expect(sharedState(name, create)).toBe(first);
  expect(sharedState(`${name}.other`, create)).not.toBe(first);
  expect(create).toHaveBeenCalledTimes(2);
});

it('serves the CommonJS and the ES module build in one process, whose metrics add up', async () => {
  const { stdout, stderr, exitCode } = await runNode({ args: [join(__dirname, 'fixtures/both-builds.mjs')] });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(JSON.parse(stdout)).toEqual({
    twoCopies: true,
    rounds: [1, 2, 3].map((round) => ({ errors: 0, input: [80 * round], durations: [8 * round] })),
    abandoned: 2,
  });
}, 60_000);
