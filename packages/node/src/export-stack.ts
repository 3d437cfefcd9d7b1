import { diag } from '@opentelemetry/api';
import {
  PayloadDumpSpanExporter,
  RateLimitedSpanExporter,
  RetryingSpanExporter,
  SpoolingSpanExporter,
} from '@genspan/span-exporters';
import type { PayloadDumpSpanExporterOptions } from '@genspan/span-exporters';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import type { DeliverySettings } from './delivery-settings.js';
import { describeError } from './diagnostics.js';

/** An exporter with what makes its delivery sure. */
export interface ExportStack {
  readonly exporter: SpanExporterLike;
  /** Where spans are written that never came to the exporter. */
  readonly dump: PayloadDumpSpanExporter | undefined;
}

/**
 * Puts around an exporter of OTLP what the settings ask for. From the spans on: files of payloads, then a spool or, without
 * one, retries, then the limit of rate.
 *
 * What cannot be made, for want of a directory that can be written to, is one `diag` error and left out: spans go on without.
 *
 * @param budgetMillis - time in ms that one export has, retries included
 */
export function createExportStack(
  exporter: SpanExporterLike,
  settings: DeliverySettings,
  budgetMillis: number,
): ExportStack {
  const limited = rateLimited(exporter, settings);
  const kept = spooled(limited, settings) ?? retried(limited, settings, budgetMillis);
  const { failedPayloadsDirectory, allPayloadsDirectory } = settings;
  const dump = dumped('FAILED_PAYLOADS_DIR', failedPayloadsDirectory, (failedDirectory) => ({
    exporter: kept,
    failedDirectory,
  }));
  const inner = dump ?? kept;
  const all = dumped('ALL_PAYLOADS_DIR', allPayloadsDirectory, (allDirectory) => ({ exporter: inner, allDirectory }));
  return { exporter: all ?? inner, dump };
}

function rateLimited(exporter: SpanExporterLike, { rate, burst }: DeliverySettings): SpanExporterLike {
  if (rate === undefined) return exporter;
  return new RateLimitedSpanExporter({ exporter, rate, burst: burst ?? Math.max(1, Math.ceil(rate)), onLimit: 'wait' });
}

function retried(exporter: SpanExporterLike, { retries }: DeliverySettings, budgetMillis: number): SpanExporterLike {
  // A little less than the processor waits, so that the last failure is told by its own name.
  const maxElapsedMillis = Math.ceil(budgetMillis * 0.9);
  return retries === 0 ? exporter : new RetryingSpanExporter({ exporter, maxAttempts: retries + 1, maxElapsedMillis });
}

function spooled(exporter: SpanExporterLike, settings: DeliverySettings): SpanExporterLike | undefined {
  const { spoolDirectory: directory, spoolMaxBytes: maxBytes, maxRequestBytes, onDrop } = settings;
  if (directory === undefined) return undefined;
  // What is lost once it was stored, the processor no longer hears of.
  const hook = onDrop === undefined ? {} : { onDrop };
  return made('SPOOL_DIR', () => new SpoolingSpanExporter({ exporter, directory, maxBytes, maxRequestBytes, ...hook }));
}

/** Each of the two by itself, so that a directory that will not do does not cost the other. */
function dumped(
  variable: string,
  directory: string | undefined,
  optionsFor: (directory: string) => PayloadDumpSpanExporterOptions,
): PayloadDumpSpanExporter | undefined {
  return directory === undefined ? undefined : made(variable, () => new PayloadDumpSpanExporter(optionsFor(directory)));
}

function made<T>(variable: string, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    diag.error(`OTEL_GENSPAN_EXPORT_${variable}: ${describeError(error)}; spans are exported without it`);
    return undefined;
  }
}
