import { types } from 'node:util';
import { EXPORT_FAILED, EXPORT_SUCCESS, absorbRejection, deliveryCountsOf } from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  FailureCounter,
  ReadableSpanLike,
  SpanExporterLike,
} from '@genspan/span-processor-base';
import { ExportError, shutDownError } from './export-error.js';
import { asError, lostAll } from './export-losses.js';

/**
 * An exporter that others wrote, made safe to call.
 *
 * Whatever it does (throws, rejects, calls back twice or with nonsense), each export ends with one result; only an exporter
 * that never calls back is left waiting for. After `shutdown()` it is not called any more.
 */
export class GuardedExporter {
  readonly #exporter: SpanExporterLike;
  readonly #failures: FailureCounter;
  #shutdown: Promise<void> | undefined;

  constructor(exporter: SpanExporterLike, failures: FailureCounter) {
    this.#exporter = exporter;
    this.#failures = failures;
  }

  /** Exports; `done` is called once, and must not throw. */
  export(spans: readonly ReadableSpanLike[], done: (result: ExportResultLike) => void): void {
    if (this.#shutdown !== undefined) return done(afterShutdown(spans));
    let isDone = false;
    const settle = (result: ExportResultLike): void => {
      if (isDone) return;
      isDone = true;
      done(result);
    };
    const fail = (error: unknown): void => {
      this.#failures.record('export', error);
      settle({ code: EXPORT_FAILED, error: asError(error) });
    };
    try {
      // Its own array: an exporter may keep it, or take spans out of it.
      const returned: unknown = this.#exporter.export([...spans], (result: unknown) => settle(readResult(result)));
      if (types.isPromise(returned)) returned.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /** What the exporter's own `exportSync()` says; a failure if it has none. */
  exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    if (this.#shutdown !== undefined) return afterShutdown(spans);
    try {
      const result: unknown = this.#exporter.exportSync?.([...spans]);
      return result === undefined ? lostAll(spans, 'shutdown', CANNOT_STORE) : readResult(result);
    } catch (error) {
      this.#failures.record('exportSync', error);
      return { code: EXPORT_FAILED, error: asError(error) };
    }
  }

  flushSync(): void {
    try {
      this.#exporter.flushSync?.();
    } catch (error) {
      this.#failures.record('flushSync', error);
    }
  }

  /** Rejects when the exporter's does. */
  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  /** Shuts the exporter down once. Rejects when the exporter's does. */
  shutdown(): Promise<void> {
    this.#shutdown ??= (async () => this.#exporter.shutdown())();
    return this.#shutdown;
  }

  deliveryCounts(): DeliveryCounts {
    try {
      return deliveryCountsOf(this.#exporter);
    } catch (error) {
      this.#failures.record('deliveryCounts', error);
      return { retried: 0, bytes: 0 };
    }
  }
}

/** A result callback that may throw, as one that does not: what it threw is counted. */
export function guardedCallback(
  callback: (result: ExportResultLike) => void,
  failures: FailureCounter,
): (result: ExportResultLike) => void {
  return (result) => {
    try {
      const returned: unknown = callback(result);
      absorbRejection(returned, 'resultCallback', failures);
    } catch (error) {
      failures.record('resultCallback', error);
    }
  };
}

const CANNOT_STORE = new ExportError('The exporter cannot store spans at exit', { retryable: false });

function afterShutdown(spans: readonly ReadableSpanLike[]): ExportResultLike {
  return lostAll(spans, 'shutdown', shutDownError());
}

/** The result that an exporter gave; anything that is none is a failure. */
function readResult(given: unknown): ExportResultLike {
  if (!isResult(given)) return { code: EXPORT_FAILED, error: new Error('The exporter gave no result') };
  const { losses, ...result } = given;
  return Array.isArray(losses) ? given : result;
}

function isResult(given: unknown): given is ExportResultLike {
  if (typeof given !== 'object' || given === null || !('code' in given)) return false;
  return given.code === EXPORT_SUCCESS || given.code === EXPORT_FAILED;
}
