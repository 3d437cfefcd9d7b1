import { createHash } from 'node:crypto';
import type { ReceivedSpan } from '@genspan/test-utils';
import { diagLines, Lab } from '../registration/preloaded-app.js';
import type { RunOptions } from '../registration/preloaded-app.js';

jest.setTimeout(60_000);

const CWD = `${__dirname}/fixtures`;
const REQUIRE = ['--require', '@genspan/node/register'];
const IMPORT = ['--import', '@genspan/node/register'];

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

const run = (options: RunOptions) => lab.run({ cwd: CWD, ...options });
const rules = (...list: object[]) => ({ OTEL_GENSPAN_SAMPLING_RULES: JSON.stringify(list) });
const ours = (span: ReceivedSpan | undefined) =>
  Object.fromEntries(
    Object.entries(span?.attributes ?? {}).filter(([key]) => /^genspan\.(sampling|trace)\./.test(key)),
  );

/** What the metrics say, each as reason, decision, number. */
const countedTraces = () =>
  lab.receiver.metrics
    .filter(({ name }) => name === 'genspan.sampling.traces')
    .map(({ attributes, value }) => [
      attributes['genspan.sampling.reason'],
      attributes['genspan.sampling.decision'],
      value,
    ]);

describe('traces of an unchanged application', () => {
  it.each([
    ['a CommonJS module', '--require', 'chats.cjs', REQUIRE],
    ['an ES module', '--import', 'chats.mjs', IMPORT],
  ])('are kept at rate 0 only where a call failed, and counted: %s, %s', async (_, _flag, script, preload) => {
    const args = [script, 'gpt-4o-mini', 'gpt-4o@error-500', 'gpt-4.1', 'gpt-4.1-mini@error-401'];
    const result = await run({ args, preload, env: { OTEL_GENSPAN_SAMPLING_RATE: '0' } });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout.split('\n')).toEqual([
      'gpt-4o-mini: stop',
      'gpt-4o@error-500: 500',
      'gpt-4.1: stop',
      'gpt-4.1-mini@error-401: 401',
      '',
    ]);
    expect(lab.receiver.spans.map(({ status, name }) => [status.code, name.split('@')[0]])).toEqual([
      ['error', 'chat gpt-4o'],
      ['error', 'chat gpt-4.1-mini'],
    ]);
    for (const span of lab.receiver.spans) {
      expect(span.traceState).toBe('ot=th:0');
      expect(ours(span)).toMatchObject({ 'genspan.sampling.reason': 'error', 'genspan.trace.error_count': 1 });
    }
    expect(countedTraces()).toEqual(
      expect.arrayContaining([
        ['error', 'kept', 2],
        ['rate', 'dropped', 2],
      ]),
    );
  });

  it('are all kept, as they are, when nothing asks for sampling', async () => {
    await run({ args: ['chats.mjs', 'gpt-4o-mini', 'gpt-4o@error-500'] });
    expect(lab.receiver.spans).toHaveLength(2);
    for (const { traceState, attributes } of lab.receiver.spans) {
      expect(traceState).toBe('');
      expect(Object.keys(attributes).filter((key) => key.startsWith('genspan.sampling.'))).toEqual([]);
    }
    expect(lab.receiver.metrics.filter(({ name }) => name.startsWith('genspan.sampling.'))).toEqual([]);
  });

  it('are kept as a whole by what all their calls add up to, and by what one of them says', async () => {
    const args = [
      'agents.mjs',
      'single=gpt-4o-mini',
      'pair=gpt-4o-mini,gpt-4.1',
      'filtered=gpt-4o-mini,gpt-4o@content-filter',
      'failed=gpt-4o@error-500',
    ];
    const env = {
      OTEL_GENSPAN_SAMPLING_RATE: '0',
      OTEL_GENSPAN_SAMPLING_KEEP_ERRORS: 'false',
      // It tells totals, too.
      OTEL_GENSPAN_ENRICHMENT_ENABLED: 'false',
      // One call is 33 tokens.
      ...rules({ name: 'filtered', finishReasons: ['content_filter'] }, { name: 'many tokens', minTotalTokens: 66 }),
    };
    const result = await run({ args, env });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const roots = lab.receiver.spans.filter((span) => span.parentSpanId === undefined);
    expect(roots.map((span) => [span.name, ours(span)])).toEqual([
      ['pair', told('many tokens')],
      ['filtered', told('filtered')],
    ]);
    for (const { traceId } of roots) expect(lab.receiver.spans.filter((s) => s.traceId === traceId)).toHaveLength(3);
    expect(lab.receiver.spans).toHaveLength(6);
  });
});

describe('two processes with spans of the same traces', () => {
  const ids = Array.from({ length: 400 }, (_, index) =>
    createHash('sha256').update(String(index)).digest('hex').slice(0, 32),
  );
  /** The specification's own words, in other arithmetic than the stage's. */
  const keptAt = (rate: number) =>
    ids.filter((id) => BigInt(`0x${id.slice(18)}`) >= 2n ** 56n - BigInt(Math.round(rate * 2 ** 56))).sort();

  async function keptBy(env: Record<string, string>) {
    const own = await Lab.open();
    const result = await own.run({ cwd: CWD, args: ['remote-parents.mjs', ...ids], env });
    await own.close();
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    return own.receiver.spans;
  }
  const idsOf = (spans: readonly ReceivedSpan[]) => spans.map((span) => span.traceId).sort();

  it('decide alike, whatever the order of their stages, and one with a higher rate keeps more', async () => {
    const [first, second, more] = await Promise.all([
      keptBy({ OTEL_GENSPAN_SAMPLING_RATE: '0.1', OTEL_GENSPAN_PIPELINE_ORDER: 'safety' }),
      keptBy({ OTEL_GENSPAN_SAMPLING_RATE: '0.1', OTEL_GENSPAN_PIPELINE_ORDER: 'efficiency' }),
      keptBy({ OTEL_GENSPAN_SAMPLING_RATE: '0.2' }),
    ]);
    expect(idsOf(first)).toEqual(keptAt(0.1));
    expect(idsOf(second)).toEqual(keptAt(0.1));
    expect(idsOf(more)).toEqual(keptAt(0.2));
    expect(new Set(first.map((span) => span.traceState))).toEqual(new Set(['ot=th:e6666666666666']));
    expect(new Set(more.map((span) => span.traceState))).toEqual(new Set(['ot=th:cccccccccccccc']));
    expect(keptAt(0.1).length).toBeGreaterThan(20);
  });
});

describe('sampling beside a sampler of the SDK', () => {
  it('is warned of once when both thin out', async () => {
    const env = {
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.5',
      OTEL_GENSPAN_SAMPLING_RATE: '0.5',
    };
    const result = await run({ args: ['chats.mjs', 'gpt-4o-mini'], env });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'gpt-4o-mini: stop\n' });
    expect(diagLines(result)).toEqual([expect.stringContaining('OTEL_TRACES_SAMPLER=traceidratio and genspan')]);
  });
});

function told(rule: string): object {
  return {
    'genspan.sampling.rule': rule,
    'genspan.sampling.reason': 'rule',
    'genspan.sampling.rate': 1,
    'genspan.trace.span_count': 3,
    'genspan.trace.total_tokens': 66,
    'genspan.trace.error_count': 0,
  };
}
