import { cpSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { SpanLoss } from '@genspan/span-processor-base';
import { ExportError } from '../../src/export-error.js';
import type { SpoolingSpanExporter } from '../../src/spool/spooling-span-exporter.js';
import {
  ScriptedSender,
  balance,
  cleanUp,
  createSpool,
  exported,
  idsOf,
  temporaryDirectory,
  uniqueSpans,
} from './spool-harness.js';

jest.setTimeout(120_000);
afterEach(cleanUp);

type Answer = 'takes' | 'is unavailable' | 'refuses' | 'finds it too large' | 'takes a part';

const ANSWERS: Record<Answer, ScriptedSender['answer']> = {
  takes: () => ({ rejectedSpans: 0 }),
  'is unavailable': () => {
    throw new ExportError('unavailable', { retryable: true, status: 503 });
  },
  refuses: () => {
    throw new ExportError('bad', { retryable: false, status: 400 });
  },
  'finds it too large': ({ spanCount }) => {
    if (spanCount > 2) throw new ExportError('too large', { retryable: false, status: 413 });
    return { rejectedSpans: 0 };
  },
  'takes a part': ({ spanCount }) => ({ rejectedSpans: Math.min(1, spanCount) }),
};

type Step =
  | { readonly do: 'export'; readonly spans: number; readonly sync: boolean }
  | { readonly do: 'answer'; readonly answer: Answer }
  | { readonly do: 'flush' }
  | { readonly do: 'restart' }
  | { readonly do: 'crash' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('export'), spans: fc.integer({ min: 1, max: 6 }), sync: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('answer'), answer: fc.constantFrom(...(Object.keys(ANSWERS) as Answer[])) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'flush' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'crash' } as const) },
);

/** Exporters one after the other that have the same spool, and what became of their spans. */
class Run {
  readonly delivered = new Set<string>();
  readonly acknowledged: string[] = [];
  lost = 0;
  #answer: Answer = 'takes';
  #directory = temporaryDirectory();
  exporter: SpoolingSpanExporter;

  constructor() {
    this.exporter = this.#create();
  }

  async do(step: Step): Promise<void> {
    switch (step.do) {
      case 'answer':
        this.#answer = step.answer;
        return;
      case 'export': {
        const spans = uniqueSpans(step.spans);
        const { code } = step.sync ? this.exporter.exportSync(spans) : await exported(this.exporter, spans);
        expect(code).toBe(EXPORT_SUCCESS);
        this.acknowledged.push(...idsOf(spans));
        return;
      }
      case 'flush':
        return this.exporter.forceFlush();
      case 'restart':
        await this.exporter.shutdown();
        this.expectBalance();
        this.exporter = this.#create();
        return;
      case 'crash':
        return this.#crash();
    }
  }

  async end(): Promise<void> {
    this.#answer = 'takes';
    // Only after a first look it is known what there is.
    await this.exporter.forceFlush();
    for (let i = 0; i < 20 && this.exporter.stats().pendingSpans > 0; i++) await this.exporter.forceFlush();
    expect(this.exporter.stats().pendingSpans).toBe(0);
    this.expectBalance();
  }

  expectBalance(): void {
    const { in: taken, out } = balance(this.exporter);
    expect(out).toBe(taken);
  }

  /** What a killed process leaves: its files as they are at this moment, and nothing that it would still have done. */
  #crash(): void {
    const copy = temporaryDirectory();
    cpSync(this.#directory, copy, { recursive: true, force: true });
    for (const name of readdirSync(copy)) {
      if (!name.startsWith('owner-')) continue;
      renameSync(join(copy, name), join(copy, `left-${name.slice(-16)}`));
    }
    this.#directory = copy;
    this.exporter = this.#create();
  }

  #create(): SpoolingSpanExporter {
    let isCurrent = true;
    const directory = this.#directory;
    const sender = new ScriptedSender((payload, index) => {
      // One that has crashed reaches nobody.
      isCurrent = directory === this.#directory;
      return ANSWERS[isCurrent ? this.#answer : 'is unavailable'](payload, index);
    });
    const remember = sender.delivered.push.bind(sender.delivered);
    sender.delivered.push = (...ids: string[]) => {
      for (const id of ids) this.delivered.add(id);
      return remember(...ids);
    };
    return createSpool({
      exporter: sender,
      directory,
      initialBackoffMillis: 1,
      maxBackoffMillis: 2,
      flushTimeoutMillis: 500,
      fsync: false,
      onDrop: ({ count }: SpanLoss) => void (directory === this.#directory && (this.lost += count)),
    });
  }
}

it('accounts for every span through any sequence of exports, answers, restarts and crashes', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const run = new Run();
        for (const each of steps) await run.do(each);
        await run.end();
        // A partial success does not say which spans it refused: those count as delivered here, too.
        const missing = run.acknowledged.filter((id) => !run.delivered.has(id));
        expect(missing.length).toBeLessThanOrEqual(run.lost);
        const isLossless = steps.every((each) => each.do !== 'answer' || !LOSSY.has(each.answer));
        if (isLossless) expect(missing).toEqual([]);
      })
      .afterEach(cleanUp),
    fuzz(40),
  );
});

const LOSSY: ReadonlySet<Answer> = new Set<Answer>(['refuses', 'takes a part']);
