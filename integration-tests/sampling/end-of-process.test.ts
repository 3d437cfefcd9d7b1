import { Lab } from '../registration/preloaded-app.js';
import type { RunOptions } from '../registration/preloaded-app.js';

jest.setTimeout(60_000);

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

const start = (options: RunOptions) => lab.start({ cwd: `${__dirname}/fixtures`, ...options });
const NOTHING_BY_RATE = { OTEL_GENSPAN_SAMPLING_RATE: '0' };

/** A trace that never ends: what of it has ended, the model that makes it so, settings, spans that are kept. */
type InFlight = readonly [string, string, Record<string, string>, number];

const FAILED: InFlight = ['failed', 'gpt-4o@error-500', NOTHING_BY_RATE, 1];
const MATCHED: InFlight = [
  'matched a rule',
  'gpt-4o',
  { ...NOTHING_BY_RATE, OTEL_GENSPAN_SAMPLING_RULES: '[{"name":"some tokens","minTotalTokens":33}]' },
  1,
];
const LIMITED: InFlight = ['was within the limit', 'gpt-4o', { OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND: '10' }, 1];
const UNWANTED: InFlight = ['had nothing to be kept for', 'gpt-4o', NOTHING_BY_RATE, 0];

describe('a trace in flight', () => {
  it.each([FAILED, MATCHED, UNWANTED])(
    'that %s is decided when SIGTERM ends the process',
    async (_, model, env, kept) => {
      const app = start({ args: ['in-the-middle.mjs', model, 'waits for ever'], env });
      await app.waitForOutput(/waiting/);
      app.kill('SIGTERM');
      expect(await app.finished).toMatchObject({ exitCode: null, signal: 'SIGTERM', stderr: '' });
      expect(lab.receiver.spans).toHaveLength(kept);
    },
  );

  it.each([MATCHED, LIMITED])(
    'that %s is decided when the process has nothing left to do',
    async (_, model, env, kept) => {
      const result = await start({ args: ['in-the-middle.mjs', model, 'has nothing left to do'], env }).finished;
      expect(result).toMatchObject({ exitCode: 0, stderr: '' });
      expect(result.durationMillis).toBeLessThan(15_000);
      expect(lab.receiver.spans).toHaveLength(kept);
    },
  );

  it('is sent on SIGTERM while a listener of the application goes on', async () => {
    const [, model, env] = MATCHED;
    const app = start({ args: ['in-the-middle.mjs', model, 'has a listener of its own'], env });
    await app.waitForOutput(/waiting/);
    app.kill('SIGTERM');
    await lab.receiver.waitForSpans(1);
    app.kill('SIGINT');
    expect(await app.finished).toMatchObject({ exitCode: 8, signal: null });
  });

  it.each([
    ['exits', 3],
    ['throws', 1],
  ])('is printed on the console, if it is kept, when the process %s', async (end, exitCode) => {
    const [, model, env] = MATCHED;
    // A call of some length, because the SDK prints nothing until it has looked up the id of the host.
    const args = ['in-the-middle.mjs', `${model}@slow-response:100`, end];
    const result = await start({ args, env: { ...env, OTEL_TRACES_EXPORTER: 'console' } }).finished;
    expect(result.exitCode).toBe(exitCode);
    expect(result.stdout).toContain("name: 'chat gpt-4o");
  });
});
