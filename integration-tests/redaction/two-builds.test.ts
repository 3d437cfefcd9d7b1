import { Lab } from '../registration/preloaded-app.js';

jest.setTimeout(60_000);

test('a redactor of one build serves processors, pipelines and start() of the other', async () => {
  const lab = await Lab.open();
  try {
    const address = ['ann', 'example.com'].join('@');
    const result = await lab.run({
      args: ['two-builds.mjs'],
      preload: [],
      cwd: `${__dirname}/fixtures`,
      env: { TEXT: `Write to ${address}!` },
    });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const redacted = { text: 'Write to !', kept: 1 };
    const both = { processor: [redacted], pipeline: [redacted], spans: 2 };
    expect(JSON.parse(result.stdout)).toEqual({ exported: [both, both], started: { spans: 1, logRecords: 1 } });
    expect(lab.spanNames).toEqual(['started']);
    expect(lab.receiver.logs).toHaveLength(1);
    expect([address, 'plum'].filter((secret) => lab.receiver.contains(secret))).toEqual([]);
  } finally {
    await lab.close();
  }
});
