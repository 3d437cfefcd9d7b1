import { ANSWER, PLACES } from './fixtures/places.cjs';
import { plantSecrets } from './planted-secrets.cjs';
import { leaksOf, redactedRun } from './redacted-run.js';

jest.setTimeout(120_000);

const BY_IMPORT = ['--import', '@genspan/node/register', 'app.mjs'];
const BY_REQUIRE = ['--require', '@genspan/node/register', 'app.cjs'];

describe('secrets and personal data', () => {
  const secrets = plantSecrets(PLACES);

  it.each([
    ['http/protobuf', 'safety', BY_IMPORT, {}],
    ['http/json', 'efficiency', BY_REQUIRE, { OTEL_GENSPAN_SAMPLING_KEEP_SLOW: 'true', OTEL_LOG_LEVEL: 'all' }],
  ] as const)('are in no byte that leaves over %s, with order %s', async (protocol, order, args, more) => {
    const env = { OTEL_EXPORTER_OTLP_PROTOCOL: protocol, OTEL_GENSPAN_PIPELINE_ORDER: order, ...more };
    const run = await redactedRun(secrets, { args, env });
    expect(run.result).toMatchObject({ exitCode: 0, timedOut: false });
    expect(run.result.stdout).toContain(`put ${secrets.length} texts`);
    if (!('OTEL_LOG_LEVEL' in more)) expect(run.result.stderr).toBe('');
    expect(leaksOf(run, secrets)).toEqual([]);
    // All that would have held them is there, with marks.
    for (const source of ['OTLP traces', 'OTLP logs', 'JSONL', 'stdout']) {
      expect(countOf('[REDACTED]', run.exported.get(source))).toBeGreaterThan(secrets.length / 4);
    }
  });

  it('leave from every place when redaction is switched off, so that finding none means something', async () => {
    const [kind] = secrets.map(({ shape }) => shape);
    const some = secrets.filter(({ shape }) => shape === kind);
    const run = await redactedRun(some, { env: { OTEL_GENSPAN_REDACTION_ENABLED: 'false' } });
    expect(run.result).toMatchObject({ exitCode: 0, stderr: '' });
    const found = leaksOf(run, some).map((line) => line.slice(0, line.indexOf(', ')));
    expect(found.sort()).toEqual(PLACES.map((place) => `${kind} in ${place}`).sort());
    expect(countOf('[REDACTED]', run.exported.get('OTLP traces'))).toBe(0);
  });

  it('are taken out of log records also when no spans leave', async () => {
    const run = await redactedRun(secrets, { env: { OTEL_TRACES_EXPORTER: 'none' } });
    expect(run.result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(run.receiver.spans).toEqual([]);
    expect(run.receiver.logs.length).toBeGreaterThan(PLACES.length);
    expect(leaksOf(run, secrets)).toEqual([]);
  });

  it('are taken out of an answer that comes in chunks', async () => {
    const some = plantSecrets([ANSWER]);
    const run = await redactedRun(some);
    expect(leaksOf(run, some)).toEqual([]);
    const answers = run.receiver.spans.map(({ attributes }) => String(attributes['gen_ai.output.messages']));
    expect(answers).toHaveLength(3);
    for (const answer of answers) {
      expect(answer).toContain('[REDACTED]');
      expect(JSON.parse(answer)).toEqual([expect.objectContaining({ role: 'assistant' })]);
    }
  });
});

function countOf(mark: string, bytes: Buffer | undefined): number {
  return (bytes?.toString().split(mark).length ?? 0) - 1;
}
