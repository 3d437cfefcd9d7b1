import { differences, type OperationResult } from './compare';
import { runTable, type Mode, type RunResult } from './runs';

const MAJORS = [4, 5, 6, 7] as const;
const FORMATS = ['cjs', 'mjs'] as const;
const BARE: Mode = { mode: 'bare', content: 'none' };
/** A wrapped client is the same object whichever build it comes from, so one build is enough. */
const MODES: readonly { title: string; formats: readonly (typeof FORMATS)[number][]; mode: Mode }[] = [
  { title: 'instrumented, content off', formats: FORMATS, mode: { mode: 'instrumented', content: 'none' } },
  {
    title: 'instrumented, content on, hooks that throw',
    formats: FORMATS,
    mode: { mode: 'instrumented', content: 'span_and_event', hooksThrow: true },
  },
  { title: 'one client wrapped', formats: ['mjs'], mode: { mode: 'wrapped', content: 'none' } },
];
const ASKING_FOR_USAGE: Mode = { mode: 'instrumented', content: 'none', requestStreamUsage: true, only: 'stream' };

/** What a major has not, by the names of the table. */
const ABSENT: Record<(typeof MAJORS)[number], readonly string[]> = {
  4: [
    'client.withOptions',
    'conversations.create',
    'conversations.delete',
    'conversations.retrieve',
    'conversations.update',
    'files.delete',
    'images.edit: streamed',
    'images.generate: streamed',
    'responses.stream: of a response that exists',
    'stream: controller.abort() before the loop',
  ],
  5: ['files.del'],
  6: ['files.del'],
  7: ['files.del'],
};

jest.setTimeout(300_000);

const names = ({ operations }: RunResult): string[] => operations.map(({ name }) => name);
const list = (operations: readonly OperationResult[]): unknown[] =>
  operations.map(({ name, expectedSpans, spans, spansAfterShutdown }) => ({
    name,
    expectedSpans,
    spans,
    spansAfterShutdown,
  }));

describe('the table', () => {
  it('notices an instrumentation that reads bodies early and forgets calls that fail', async () => {
    const only = 'chat.create: ';
    const broken: Mode = {
      mode: 'instrumented',
      content: 'none',
      instrumentation: './broken-instrumentation.mjs',
      only,
    };
    const [bare, watched] = await Promise.all([runTable(6, 'mjs', { ...BARE, only }), runTable(6, 'mjs', broken)]);
    const noticed = differences(bare.operations, watched.operations).map((place) => place.split(' · ')[0]);
    expect(noticed).toEqual(
      expect.arrayContaining([
        'chat.create: what the promise is',
        'chat.create: asResponse, the body read by the caller',
        'chat.create: not awaited and failing',
      ]),
    );
    const open = watched.operations.filter(({ spans }) => spans.started !== spans.ended).map(({ name }) => name);
    expect(open).toContain('chat.create: not awaited and failing');
  });
});

describe.each(MAJORS)('the operations of openai %i', (major) => {
  it('are all there but those listed as absent', async () => {
    const here = names(await runTable(major, 'cjs', BARE));
    const everywhere = (await Promise.all(MAJORS.map((other) => runTable(other, 'cjs', BARE)))).flatMap(names);
    expect([...new Set(everywhere)].filter((name) => !here.includes(name)).sort()).toEqual(ABSENT[major]);
    expect(new Set(here).size).toBe(here.length);
    expect(here.length).toBeGreaterThan(240);
  });

  it('give the same in two processes, so that a difference means something', async () => {
    const [first, second] = await Promise.all(FORMATS.map((format) => runTable(major, format, BARE)));
    expect(differences(first?.operations ?? [], second?.operations ?? [])).toEqual([]);
  });

  it('all settle', async () => {
    const { operations } = await runTable(major, 'cjs', BARE);
    expect(operations.filter(({ summary }) => summary === 'did not settle').map(({ name }) => name)).toEqual([]);
  });

  it('give the caller the same when the instrumentation asks for usage', async () => {
    const [bare, asking] = await Promise.all([runTable(major, 'mjs', BARE), runTable(major, 'mjs', ASKING_FOR_USAGE)]);
    const streaming = bare.operations.filter(({ name }) => name.includes('stream'));
    const found = differences(streaming, asking.operations, ['summary', 'paramsUnchanged', 'incidents']);
    // Who reads the body by himself reads what the API sent.
    expect(found.filter((place) => !place.startsWith('stream: asResponse, the events read by the caller'))).toEqual([]);
  });

  describe.each(FORMATS)('loaded as %s', (format) => {
    describe.each(MODES.filter(({ formats }) => formats.includes(format)))('$title', ({ mode }) => {
      it('give the caller, its process and the server what the bare client gives', async () => {
        const [bare, watched] = await Promise.all([runTable(major, format, BARE), runTable(major, format, mode)]);
        expect(differences(bare.operations, watched.operations)).toEqual([]);
      });

      it('leave one span for each call', async () => {
        const { operations } = await runTable(major, format, mode);
        const wrong = operations.filter(
          ({ expectedSpans, spans }) => expectedSpans !== null && spans.started !== expectedSpans,
        );
        expect(list(wrong)).toEqual([]);
      });

      it('end every span once, before the next operation starts', async () => {
        const { operations } = await runTable(major, format, mode);
        expect(list(operations.filter(({ spans }) => spans.ended !== spans.started || spans.endedTwice > 0))).toEqual(
          [],
        );
      });

      it('are called unread only where the caller let go', async () => {
        const { operations } = await runTable(major, format, mode);
        const wrong = operations.filter((it) => !it.endsWhenCollected && it.spansAfterShutdown.unread > 0);
        expect(list(wrong)).toEqual([]);
      });

      it('leave no span open after shutdown', async () => {
        const { operations } = await runTable(major, format, mode);
        const open = operations.filter(({ spansAfterShutdown: { started, ended } }) => started !== ended);
        expect(list(open)).toEqual([]);
      });

      it('record metrics, and content only where it was asked for', async () => {
        const { metricNames, contentExported } = await runTable(major, format, mode);
        expect(metricNames).toContain('gen_ai.client.inference.duration');
        expect(contentExported).toBe(mode.content !== 'none');
      });
    });
  });
});
