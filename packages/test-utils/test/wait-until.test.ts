import { waitUntil } from '@genspan/test-utils';

describe('waitUntil', () => {
  it('resolves once the condition holds', async () => {
    let ready = false;
    setTimeout(() => (ready = true), 10);
    await expect(
      waitUntil(
        () => ready,
        1_000,
        () => 'ready',
      ),
    ).resolves.toBeUndefined();
  });

  it('names what did not happen', async () => {
    await expect(
      waitUntil(
        () => false,
        10,
        () => 'a miracle',
      ),
    ).rejects.toThrow('Expected within 10 ms a miracle');
  });
});
