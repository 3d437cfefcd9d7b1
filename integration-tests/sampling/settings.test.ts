import { readEnvironment } from '@genspan/configuration';
import { parseSamplingOptions } from '../../packages/sampling-span-processor/src/sampling-options.js';
import { diagLines, Lab } from '../registration/preloaded-app.js';
import type { RunOptions } from '../registration/preloaded-app.js';

jest.setTimeout(60_000);

const CHATS = ['chats.mjs', 'gpt-4o-mini', 'gpt-4o@error-500'];

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

const run = (options: RunOptions) => lab.run({ cwd: `${__dirname}/fixtures`, ...options });
const outcomes = () => lab.receiver.spans.map((span) => span.status.code);

test('the variables have the defaults of the stage itself', () => {
  const { rules, ...defaults } = readEnvironment({}).model.sampling;
  const nothing = async () => undefined;
  const delegate = { onStart: nothing, onEnd: nothing, forceFlush: nothing, shutdown: nothing };
  expect(parseSamplingOptions({ delegate })).toMatchObject({ ...defaults, rules });
});

describe('wrong settings of sampling', () => {
  it('are one line each, in which nothing is repeated that may be long, and the application does not notice', async () => {
    const hidden = 'x'.repeat(40);
    const env = {
      OTEL_GENSPAN_SAMPLING_RATE: '10%',
      OTEL_GENSPAN_SAMPLING_KEEP_ERRORS: 'maybe',
      OTEL_GENSPAN_SAMPLING_KEEP_SLOW: hidden,
      OTEL_GENSPAN_SAMPLING_SLOW_THRESHOLD_MS: '5s',
      OTEL_GENSPAN_SAMPLING_RULES: `[{"name": "${hidden}"`,
      OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND: '0',
      OTEL_GENSPAN_SAMPLING_DECISION_WAIT_MS: '0',
      OTEL_GENSPAN_SAMPLING_MAX_TRACES: '-1',
      OTEL_GENSPAN_SAMPLING_MAX_SPANS_PER_TRACE: 'many',
      OTEL_GENSPAN_SAMPLING_MAX_BUFFERED_BYTES: '1GB',
      OTEL_GENSPAN_SAMPLING_RULE: '[]',
    };
    const result = await run({ args: CHATS, env });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'gpt-4o-mini: stop\ngpt-4o@error-500: 500\n' });
    const lines = diagLines(result);
    for (const name of Object.keys(env)) {
      expect(lines.filter((line) => line.startsWith(`opentelemetry error: ${name}: expected `))).toHaveLength(1);
    }
    expect(lines).toHaveLength(Object.keys(env).length);
    expect(result.stderr).not.toContain(hidden);
    expect(outcomes()).toEqual(['unset', 'error']);
  });

  it('leave out one rule each, by its name, while the other rules and the rate apply', async () => {
    const rules = [
      { name: 'share', rate: 1.5 },
      { name: 'typo', minTotalTokns: 1 },
      { name: 'pattern', attributes: { 'gen_ai.request.model': { regex: '(' } } },
      { name: 'good', models: ['gpt-4.1'] },
      { rate: 1 },
    ];
    const args = ['chats.mjs', 'gpt-4o-mini', 'gpt-4.1'];
    const env = { OTEL_GENSPAN_SAMPLING_RATE: '0', OTEL_GENSPAN_SAMPLING_RULES: JSON.stringify(rules) };
    const result = await run({ args, env });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'gpt-4o-mini: stop\ngpt-4.1: stop\n' });
    const line = (path: string): unknown =>
      expect.stringMatching(
        `^opentelemetry error: OTEL_GENSPAN_SAMPLING_RULES: Expected \`rules${path}\` .*; this rule is left out$`,
      );
    expect(diagLines(result)).toEqual([
      line('\\[0\\] "share"\\.rate'),
      line('\\[1\\] "typo"'),
      line('\\[2\\] "pattern"\\.attributes\\["gen_ai\\.request\\.model"\\]\\.regex'),
      line('\\[4\\]\\.name'),
    ]);
    expect(lab.spanNames).toEqual(['chat gpt-4.1']);
  });
});

describe('sampling by start() in code', () => {
  const start = (options: object, env: Record<string, string> = {}) =>
    run({ args: ['starts.mjs', JSON.stringify(options)], preload: [], env });

  it('goes over the environment, option by option, and is told by the handle', async () => {
    const env = { OTEL_GENSPAN_SAMPLING_RATE: '1', OTEL_GENSPAN_SAMPLING_KEEP_ERRORS: 'false' };
    const result = await start({ sampling: { rate: 0 } }, env);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({ traces: { started: 2, kept: 0, dropped: 2 } });
    expect(outcomes()).toEqual([]);
  });

  it('is there with no options at all, and not when it is false', async () => {
    const there = await start({ sampling: {} });
    expect(JSON.parse(there.stdout)).toMatchObject({ traces: { kept: 2 } });
    const notThere = await start({ sampling: false }, { OTEL_GENSPAN_SAMPLING_RATE: '0' });
    expect(JSON.parse(notThere.stdout)).toBeNull();
    expect(outcomes()).toEqual(['unset', 'error', 'unset', 'error']);
  });

  it('throws when a rule is wrong', async () => {
    const result = await start({ sampling: { rules: [{ name: 'a', rate: 1.5 }] } });
    expect(result.exitCode).toBe(1);
    const message = 'Expected `sampling.rules[0] "a".rate` between 0 and 1, got `1.5`';
    expect(result.stderr).toContain(`OptionError: ${message}`);
    expect(lab.receiver.requests).toEqual([]);
  });

  it('takes a sampler for the start of spans, too', async () => {
    // Without the sampler both calls would be kept, without the stage none.
    const options = { sampler: { rate: 0, recordUnsampled: true }, sampling: { recordUnsampled: true } };
    expect(await start(options)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(outcomes()).toEqual(['error']);
  });
});
