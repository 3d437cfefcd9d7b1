import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import type { ExportResultLike, ReadableSpanLike, SpanExporterLike, SpanLoss } from '@genspan/span-processor-base';
import { buildSpan, fuzz, recordWarnings } from '@genspan/test-utils';
import fc from 'fast-check';
import { FanOutSpanExporter } from '../src/fan-out-span-exporter.js';
import { FilteringSpanExporter } from '../src/filtering-span-exporter.js';
import { PayloadDumpSpanExporter } from '../src/payload-dump-span-exporter.js';
import { RateLimitedSpanExporter } from '../src/rate-limited-span-exporter.js';
import { RetryingSpanExporter } from '../src/retrying-span-exporter.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'numbers-'));
  recordWarnings();
});
afterAll(() => {
  diag.disable();
  rmSync(folder, { recursive: true });
});

/** How the last exporter ends an export. */
type End = 'takes' | 'fails' | 'throws' | 'names its losses' | 'takes later';
const ENDS: readonly End[] = ['takes', 'fails', 'throws', 'names its losses', 'takes later'];

class Leaf implements SpanExporterLike {
  readonly taken = new Set<ReadableSpanLike>();
  readonly #ends: End[];

  constructor(ends: readonly End[]) {
    this.#ends = [...ends];
  }

  export(spans: ReadableSpanLike[], done: (result: ExportResultLike) => void): void {
    const end = this.#ends.shift() ?? 'takes';
    if (end === 'throws') throw new Error('thrown');
    if (end === 'fails') return done({ code: 1, error: new Error('down') });
    const lost = end === 'names its losses' ? spans.filter((_, index) => index % 3 === 0) : [];
    for (const span of spans) if (!lost.includes(span)) this.taken.add(span);
    const losses: SpanLoss[] = [{ reason: 'rejected', count: lost.length, spans: lost }];
    const result: ExportResultLike = lost.length === 0 ? { code: 0 } : { code: 1, losses };
    if (end === 'takes later') setImmediate(done, result);
    else done(result);
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

type Layer =
  'retrying' | 'filtering' | 'limited by exports' | 'limited by spans' | 'dump' | 'fan-out' | 'fan-out with another';
const LAYERS: Readonly<Record<Layer, (exporter: SpanExporterLike, otherLeaf: () => Leaf) => SpanExporterLike>> = {
  retrying: (exporter) => new RetryingSpanExporter({ exporter, maxAttempts: 3, initialBackoffMillis: 1 }),
  filtering: (exporter) => new FilteringSpanExporter({ exporter, filter: ({ name }) => !name.endsWith('7') }),
  'limited by exports': (exporter) => new RateLimitedSpanExporter({ exporter, rate: 0.001, burst: 3, onLimit: 'drop' }),
  'limited by spans': (exporter) =>
    new RateLimitedSpanExporter({ exporter, rate: 0.001, burst: 20, onLimit: 'drop', unit: 'spans' }),
  dump: (exporter) => new PayloadDumpSpanExporter({ exporter, failedDirectory: folder, maxFiles: 20 }),
  'fan-out': (exporter) => new FanOutSpanExporter({ exporters: [exporter] }),
  'fan-out with another': (exporter, otherLeaf) => new FanOutSpanExporter({ exporters: [exporter, otherLeaf()] }),
};

const layers = fc.array(fc.constantFrom(...(Object.keys(LAYERS) as Layer[])), { minLength: 1, maxLength: 5 });
const batchSizes = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 6 });
const ends = fc.array(fc.constantFrom(...ENDS), { maxLength: 8 });

test('whatever is stacked in whatever order: spans taken = delivered + lost, each lost once', async () => {
  await fc.assert(
    fc.asyncProperty(layers, batchSizes, ends, ends, async (stack, sizes, leafEnds, otherEnds) => {
      const leaf = new Leaf(leafEnds);
      const leaves = [leaf];
      const otherLeaf = (): Leaf => {
        const other = new Leaf(otherEnds);
        leaves.push(other);
        return other;
      };
      const exporter = stack.reduce<SpanExporterLike>((inner, layer) => LAYERS[layer](inner, otherLeaf), leaf);
      const given: ReadableSpanLike[] = [];
      const losses: SpanLoss[] = [];
      let callbacks = 0;
      for (const [batch, size] of sizes.entries()) {
        const spans = Array.from({ length: size }, (_, index) => buildSpan({ name: `span ${batch} ${index}` }));
        given.push(...spans);
        const result = await new Promise<ExportResultLike>((resolve) =>
          exporter.export(spans, (ended) => {
            callbacks += 1;
            resolve(ended);
          }),
        );
        if (result.losses !== undefined) losses.push(...result.losses);
        else if (result.code === 1 && size > 0) losses.push({ reason: 'export_failed', count: size, spans });
      }
      await new Promise((resolve) => setImmediate(resolve));
      await exporter.shutdown();
      expect(callbacks).toBe(sizes.length);

      const lost = losses.flatMap(({ spans = [] }) => spans);
      expect(losses.map(({ count }) => count)).toEqual(losses.map(({ spans }) => spans?.length));
      expect(new Set(lost).size).toBe(lost.length);
      const delivered = given.filter((span) => !lost.includes(span));
      const tookIt = (span: ReadableSpanLike) => leaves.filter(({ taken }) => taken.has(span)).length;
      // A span that one took and another lost is lost; one that one filtered is delivered if the others took it.
      if (!stack.includes('fan-out with another') || !stack.includes('filtering')) {
        expect(new Set(delivered)).toEqual(new Set(given.filter((span) => tookIt(span) === leaves.length)));
      } else {
        expect(delivered.filter((span) => tookIt(span) === 0)).toEqual([]);
      }
    }),
    fuzz(150),
  );
}, 60_000);
