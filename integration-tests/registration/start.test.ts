import { Lab } from './preloaded-app.js';

jest.setTimeout(60_000);

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

describe('start()', () => {
  it('observes what is loaded after it, and stops on shutdown', async () => {
    const result = await lab.run({ args: ['starts.mjs'], preload: [] });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout.split('\n')).toEqual([
      'same handle: true',
      'flushed',
      'shutdown: undefined',
      'again: undefined',
      'listeners: 0',
      '',
    ]);
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini', 'after the flush']);
  });

  it('puts its options over the environment', async () => {
    const options = { serviceName: 'mine', exporters: ['otlp'], openai: { captureMessageContent: true } };
    await lab.run({
      args: ['starts.mjs'],
      preload: [],
      env: {
        GENSPAN_TEST_OPTIONS: JSON.stringify(options),
        OTEL_SERVICE_NAME: 'not-mine',
        OTEL_TRACES_EXPORTER: 'none',
      },
    });
    expect(lab.receiver.spans[0]?.resource['service.name']).toBe('mine');
    expect(lab.receiver.contains('Say hello')).toBe(true);
  });

  it('gives the handle of the preload, and says that its options are not used', async () => {
    const options = JSON.stringify({ serviceName: 'mine' });
    const result = await lab.run({ args: ['starts.mjs'], env: { GENSPAN_TEST_OPTIONS: options } });
    expect(result.stdout).toContain('options of this start() are not used');
    expect(lab.spanNames).toContain('chat gpt-4o-mini');
  });

  it('throws when an option is wrong', async () => {
    const options = JSON.stringify({ serviceNam: 'mine' });
    const result = await lab.run({ args: ['starts.mjs'], preload: [], env: { GENSPAN_TEST_OPTIONS: options } });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('OptionError: Expected `options` to have only `serviceName`');
  });

  it('starts nothing when OTEL_SDK_DISABLED is true', async () => {
    const result = await lab.run({ args: ['starts.mjs'], preload: [], env: { OTEL_SDK_DISABLED: 'true' } });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.receiver.requests).toEqual([]);
  });
});
