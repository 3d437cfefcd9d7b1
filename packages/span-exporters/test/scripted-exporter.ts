import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';

/** What an exporter does with one export: a result, `hang`, `throw`, or a function that is given the callback. */
export type Step = ExportResultLike | 'hang' | 'throw' | ((done: (result: ExportResultLike) => void) => void);

export const OK: ExportResultLike = { code: EXPORT_SUCCESS };

/** An exporter that does as it is told, one step for each export, then succeeds. */
export class ScriptedExporter implements SpanExporterLike {
  readonly batches: ReadableSpanLike[][] = [];
  readonly #steps: Step[];
  flushes = 0;
  shutdowns = 0;

  constructor(...steps: Step[]) {
    this.#steps = steps;
  }

  export(spans: ReadableSpanLike[], done: (result: ExportResultLike) => void): void {
    this.batches.push(spans);
    const step = this.#steps.shift() ?? OK;
    if (step === 'throw') throw new Error('thrown by the exporter');
    if (step === 'hang') return;
    if (typeof step === 'function') step(done);
    else done(step);
  }

  forceFlush(): Promise<void> {
    this.flushes += 1;
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    this.shutdowns += 1;
    return Promise.resolve();
  }

  /** The names of what it was given, batch by batch. */
  get names(): string[] {
    return this.batches.map((batch) => batch.map(({ name }) => name).join(' '));
  }
}

/** Spans with these names: `spansNamed('a b')`. */
export function spansNamed(names: string): ReadableSpanLike[] {
  return names.split(' ').map((name, index) => buildSpan({ name, spanId: (index + 1).toString(16).padStart(16, '0') }));
}

/** Exports, and resolves with the result; counts the calls of the callback. */
export function exportOf(
  exporter: SpanExporterLike,
  spans: ReadableSpanLike[],
): { result: Promise<ExportResultLike>; results: ExportResultLike[] } {
  const results: ExportResultLike[] = [];
  const result = new Promise<ExportResultLike>((resolve) =>
    exporter.export(spans, (given) => {
      results.push(given);
      resolve(given);
    }),
  );
  return { result, results };
}

/** A failure, with or without what was lost. */
export function failure(message: string, losses?: ExportResultLike['losses']): ExportResultLike {
  return { code: EXPORT_FAILED, error: new Error(message), ...(losses === undefined ? {} : { losses }) };
}

/** Losses in short: `rate_limit: a b`; where they have no names, their number. */
export function lossesIn(result: ExportResultLike): string[] {
  return (result.losses ?? []).map(
    ({ reason, count, spans }) => `${reason}: ${spans?.map(({ name }) => name).join(' ') ?? count}`,
  );
}
