import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagLines, Lab } from './preloaded-app.js';

jest.setTimeout(60_000);

const REQUIRE = ['--require', '@genspan/node/register'];
const IMPORT = ['--import', '@genspan/node/register'];
const CHAT = ['ends.mjs', 'naturally'];

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

describe('the preload', () => {
  it.each([['true'], [' TRUE ']])('loads nothing but itself when OTEL_SDK_DISABLED is %j', async (disabled) => {
    const run = (env: Record<string, string>) => lab.run({ args: ['counts-modules.cjs'], env });
    expect((await run({ OTEL_SDK_DISABLED: disabled })).stdout).toBe('1\n');
    expect(Number((await run({ OTEL_SDK_DISABLED: 'false' })).stdout)).toBeGreaterThan(100);
  });

  it('starts once when it is loaded twice', async () => {
    const result = await lab.run({
      args: CHAT,
      preload: [...REQUIRE, ...IMPORT],
      env: { NODE_OPTIONS: [...REQUIRE, ...IMPORT].join(' ') },
    });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  it.each([
    ['--require', REQUIRE],
    ['--import', IMPORT],
  ])('observes a worker thread of the application, loaded by %s', async (_, preload) => {
    const result = await lab.run({ args: ['worker.mjs'], preload });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  it('does not start beside an SDK of the application, and says so once', async () => {
    const result = await lab.run({ args: CHAT, preload: ['--require', './own-sdk.cjs', ...REQUIRE] });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'chatted\nown SDK: 0\n' });
    expect(diagLines(result)).toEqual([expect.stringContaining('An OpenTelemetry SDK is registered already')]);
    expect(lab.receiver.requests).toEqual([]);
  });

  it('reports through the diag logger of the application, if it has one', async () => {
    const result = await lab.run({
      args: CHAT,
      preload: ['--require', './own-logger.cjs', ...REQUIRE],
      env: { OTEL_BSP_MAX_QUEUE_SIZE: 'many', OTEL_LOG_LEVEL: 'debug' },
    });
    expect(result.stderr).toBe('');
    expect(result.stdout).toMatch(/^own logger: OTEL_BSP_MAX_QUEUE_SIZE: expected .*\nchatted\n$/);
  });

  it('lets the application run when it cannot be loaded, and says so in one line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'genspan-'));
    const incomplete = join(folder, 'register.cjs');
    copyFileSync(require.resolve('@genspan/node/register'), incomplete);
    const result = await lab.run({ args: CHAT, preload: ['--require', incomplete] });
    rmSync(folder, { recursive: true });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'chatted\n' });
    expect(result.stderr).toMatch(/^opentelemetry error: genspan does not start, .* Cannot find module .*\n$/);
  });

  it('says nothing at all when OTEL_LOG_LEVEL is none', async () => {
    const result = await lab.run({ args: CHAT, env: { OTEL_LOG_LEVEL: 'none', OTEL_BSP_MAX_QUEUE_SIZE: 'many' } });
    expect(result.stderr).toBe('');
  });
});
