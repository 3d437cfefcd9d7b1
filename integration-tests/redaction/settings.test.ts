import { readEnvironment } from '@genspan/configuration';
import { parseRedactorOptions } from '../../packages/redaction-span-processor/src/parse-redactor-options.js';
import { diagLines, Lab } from '../registration/preloaded-app.js';
import { plantSecrets } from './planted-secrets.cjs';
import { leaksOf, redactedRun } from './redacted-run.js';

jest.setTimeout(60_000);

const SOME = plantSecrets(['user message', 'span attribute', 'body of a log record', 'attribute of a log record']);
const EMAILS = plantSecrets(['user message', 'span attribute', 'body of a log record'], ['email']);
const variable = (name: string): string => `OTEL_GENSPAN_REDACTION_${name}`;
const textsIn = (bytes: Buffer | undefined): string => bytes?.toString() ?? '';

test('the variables have the defaults of the stage itself', () => {
  const { mode, labels, keepLast, maxValueLength, dryRun, allowlist, allowKeys, hashKey } = readEnvironment({}).model
    .redaction;
  expect(parseRedactorOptions({})).toMatchObject({
    mode,
    labels,
    keepLast,
    maxValueLength,
    dryRun,
    allowKeys,
    hashKey,
  });
  expect([...parseRedactorOptions({}).allowlist]).toEqual(allowlist);
});

describe('wrong settings of redaction', () => {
  it('are one line each, in which nothing is repeated that may be long, and what is secret does not leave', async () => {
    const hidden = 'x1Y2'.repeat(12);
    const wrong = {
      ENABLED: 'off',
      MODE: 'masked',
      DETECTORS: `email,-phone,${hidden}`,
      LABELS: '1',
      KEEP_LAST: '0',
      MAX_VALUE_LENGTH: '1kB',
      DRY_RUN: 'yes',
      HASH_KY: hidden,
    };
    const env = Object.fromEntries(Object.entries(wrong).map(([name, text]) => [variable(name), text]));
    const run = await redactedRun(SOME, { env });
    expect(run.result.exitCode).toBe(0);
    const lines = diagLines(run.result);
    for (const name of Object.keys(env)) {
      const own = lines.filter((line) => line.startsWith(`opentelemetry error: ${name}: expected `));
      // Of the list first the mixture is told, then what in it is no detector.
      expect(own).toHaveLength(name === variable('DETECTORS') ? 2 : 1);
    }
    expect(lines).toHaveLength(Object.keys(env).length + 1);
    expect(run.result.stderr).not.toContain(hidden);
    expect(leaksOf(run, SOME)).toEqual([]);
  });

  it('leave out a detector or a field, while all others are in force', async () => {
    const env = { [variable('DETECTORS')]: 'emial', [variable('FIELDS')]: 'a[,app.note' };
    const run = await redactedRun(SOME, { env });
    expect(diagLines(run.result)).toEqual([
      expect.stringMatching(
        /REDACTION_DETECTORS: expected names out of .*, got "emial"; it is left out and all default/,
      ),
      expect.stringMatching(/REDACTION_FIELDS: Expected `fields\[0\]` .*; this field is left out$/),
    ]);
    expect(leaksOf(run, SOME)).toEqual([]);
    const notes = run.receiver.spans.flatMap(({ attributes }) => attributes['app.note'] ?? []);
    // Of JSON every value; it stays JSON.
    const values = { user: '[REDACTED]', client_secret: '[REDACTED]', db: { password: '[REDACTED]' } };
    expect(new Set(notes)).toEqual(new Set(['[REDACTED]', JSON.stringify(values)]));
  });
});

describe('settings of redaction', () => {
  it('choose detectors, and matches that are no secrets', async () => {
    const [first, ...others] = EMAILS;
    const address = first?.pieces[0] ?? '';
    const env = { [variable('DETECTORS')]: 'email', [variable('ALLOWLIST')]: `b@example.com,${address}` };
    const run = await redactedRun([...EMAILS, ...SOME], { env });
    expect(leaksOf(run, others)).toEqual([]);
    const left = leaksOf(run, SOME).map((line) => line.slice(0, line.indexOf(', ')));
    expect(left).toContain('payment_card in user message');
    expect(textsIn(run.exported.get('OTLP traces'))).toContain(address);
  });

  it('let only the attributes leave that are allowed, and what is in them is still searched', async () => {
    const env = { [variable('ALLOW_KEYS')]: 'gen_ai.*' };
    const run = await redactedRun(SOME, { env });
    const keys = new Set(run.receiver.spans.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...keys].filter((key) => !key.startsWith('gen_ai.'))).toEqual([]);
    expect(keys.size).toBeGreaterThan(5);
    expect(leaksOf(run, SOME)).toEqual([]);
    expect(run.receiver.logs.filter(({ body }) => body !== undefined)).toEqual([]);
  });

  it('mark in a dry run what would be redacted, and change nothing', async () => {
    const run = await redactedRun(EMAILS, { env: { [variable('DRY_RUN')]: 'true' } });
    expect(leaksOf(run, EMAILS)).toHaveLength(EMAILS.length);
    const marks = run.receiver.spans.map(({ attributes }) => attributes['genspan.redaction.email']);
    expect(marks).toEqual([expect.any(Number), expect.any(Number)]);
  });
});

describe('hashes', () => {
  const key = ['a', 'key', 'that', 'nobody', 'may', 'see'].join(' ');
  const HASH = /\[HASH:email:[0-9a-f]{16}\]/g;
  const hashesOf = async (hashKey: string | undefined) => {
    const env = {
      [variable('MODE')]: 'hash',
      [variable('LABELS')]: 'true',
      OTEL_LOG_LEVEL: 'all',
      ...(hashKey === undefined ? {} : { [variable('HASH_KEY')]: hashKey }),
    };
    const run = await redactedRun(EMAILS, { env });
    expect(leaksOf(run, EMAILS)).toEqual([]);
    const exported = [...run.exported.values()].map(textsIn).join('\n');
    if (hashKey !== undefined) expect(exported).not.toContain(hashKey);
    const hashes = [...new Set(textsIn(run.exported.get('OTLP traces')).match(HASH))].sort();
    const warnings = diagLines(run.result).filter((line) => line.includes('mode `hash`'));
    return { hashes, warnings };
  };

  it('are the same in two processes with the same key, and others with another', async () => {
    const [one, same, other] = [await hashesOf(key), await hashesOf(key), await hashesOf(`${key}!`)];
    expect(one.hashes).toHaveLength(2);
    expect(same.hashes).toEqual(one.hashes);
    expect(other.hashes).toHaveLength(2);
    expect(other.hashes.filter((hash) => one.hashes.includes(hash))).toEqual([]);
    for (const { warnings } of [one, same, other]) expect(warnings).toEqual([]);
  });

  it('are warned of once without a key', async () => {
    const { hashes, warnings } = await hashesOf(undefined);
    expect(hashes).toHaveLength(2);
    expect(warnings).toHaveLength(1);
  });
});

describe('redaction by start() in code', () => {
  let lab: Lab;
  beforeEach(async () => void (lab = await Lab.open()));
  afterEach(() => lab.close());

  const address = EMAILS[0]?.pieces[0] ?? '';
  const TEXT = `Write to ${address}, order id-4711`;
  const start = (options: unknown, env: Record<string, string> = {}) =>
    lab.run({
      args: ['starts.mjs', JSON.stringify(options)],
      preload: [],
      cwd: `${__dirname}/fixtures`,
      env: { ...env, TEXT, OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT: 'false' },
    });

  it('goes over the environment, option by option, and tells what was found in spans and log records', async () => {
    const env = { [variable('MODE')]: 'remove', [variable('LABELS')]: 'true' };
    const result = await start({ mode: 'mask', rules: [{ name: 'orders', pattern: '/id-\\d+/' }] }, env);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.receiver.logs.map(({ body }) => body)).toEqual(['Write to [REDACTED:email], order [REDACTED:orders]']);
    expect(lab.receiver.contains(address)).toBe(false);
    expect(JSON.parse(result.stdout)).toMatchObject({
      spans: 1,
      logRecords: 1,
      matches: {
        email: { 'span.attribute': 1, 'log.body': 1 },
        orders: { 'span.attribute': 1, 'log.body': 1 },
      },
    });
    const counted = lab.receiver.metrics.filter(({ name }) => name.startsWith('genspan.redaction.'));
    expect(counted.length).toBeGreaterThan(0);
  });

  it('is there when it is not mentioned, and not when it is false', async () => {
    const there = await start({}, { [variable('ENABLED')]: 'false' });
    expect(JSON.parse(there.stdout)).toMatchObject({ spans: 1, logRecords: 1 });
    expect(lab.receiver.contains(address)).toBe(false);
    const notThere = await start(false);
    expect(JSON.parse(notThere.stdout)).toBeNull();
    expect(lab.receiver.contains(address)).toBe(true);
  });

  it('throws when an option is wrong', async () => {
    const result = await start({ mode: 'hide' });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('OptionError: Expected `redaction.mode` to be one of `mask`, `hash`');
    expect(lab.receiver.requests).toEqual([]);
  });
});
