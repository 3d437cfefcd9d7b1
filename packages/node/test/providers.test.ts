import { settleAll } from '../src/providers.js';

describe('settleAll', () => {
  it('waits for all, then rejects with every failure', async () => {
    let slow = false;
    const work = [
      Promise.reject(new Error('a')),
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the SDK's providers reject with
      Promise.reject([new Error('b')]),
      new Promise<void>((resolve) => setImmediate(resolve)).then(() => void (slow = true)),
    ];
    await expect(settleAll(work)).rejects.toEqual([new Error('a'), new Error('b')]);
    expect(slow).toBe(true);
  });

  it('resolves when all do', async () => {
    await expect(settleAll([Promise.resolve()])).resolves.toBeUndefined();
  });
});
