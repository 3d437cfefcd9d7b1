import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSpan } from '@genspan/test-utils';
import type { BuildSpanOptions, BuiltSpan, OtlpReceiver } from '@genspan/test-utils';
import { EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike } from '@genspan/span-processor-base';
import { decodeTraceRequest } from '../../src/otlp/decode-trace-request.js';
import { OtlpHttpSpanExporter } from '../../src/otlp/otlp-http-span-exporter.js';
import type { OtlpPayload, OtlpReceipt, OtlpSender } from '../../src/otlp/otlp-payload.js';
import { parseSpoolFileName } from '../../src/spool/spool-file.js';
import { SpoolingSpanExporter } from '../../src/spool/spooling-span-exporter.js';
import type { SpoolingSpanExporterOptions } from '../../src/spool/spooling-options.js';

const cleanups: (() => void | Promise<void>)[] = [];

/** Undoes what the helpers here did; for `afterEach`. */
export async function cleanUp(): Promise<void> {
  for (const clean of cleanups.splice(0).reverse()) await clean();
}

export function atEnd(clean: () => void | Promise<void>): void {
  cleanups.push(clean);
}

/** A directory of the test's own. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'genspan-spool-'));
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

let lastId = 0;

/** Spans with ids that no other one has. */
export function uniqueSpans(count: number, options: BuildSpanOptions = {}): BuiltSpan[] {
  return Array.from({ length: count }, () => {
    lastId += 1;
    return buildSpan({ ...options, spanId: lastId.toString(16).padStart(16, '0') });
  });
}

export const idsOf = (spans: readonly ReadableSpanLike[]): string[] => spans.map((span) => span.spanContext().spanId);

/** Short pauses, so that tests need not wait. */
export const QUICK = {
  initialBackoffMillis: 5,
  maxBackoffMillis: 20,
  scanIntervalMillis: 20,
  flushTimeoutMillis: 2_000,
} as const;

export function createSpool(options: SpoolingSpanExporterOptions): SpoolingSpanExporter {
  const exporter = new SpoolingSpanExporter({ ...QUICK, ...options });
  atEnd(() => exporter.shutdown());
  return exporter;
}

export function httpExporter(receiver: Pick<OtlpReceiver, 'url'>): OtlpHttpSpanExporter {
  return new OtlpHttpSpanExporter({ url: `${receiver.url}/v1/traces`, timeoutMillis: 1_000 });
}

export function exported(
  exporter: { export(spans: ReadableSpanLike[], callback: (result: ExportResultLike) => void): void },
  spans: readonly ReadableSpanLike[],
): Promise<ExportResultLike> {
  return new Promise((resolve) => exporter.export([...spans], resolve));
}

/** An exporter that takes bytes and does what the test says with each request. */
export class ScriptedSender implements OtlpSender {
  readonly encoding: 'protobuf' | 'json';
  readonly sent: OtlpPayload[] = [];
  readonly delivered: string[] = [];
  inFlight = 0;
  maxInFlight = 0;
  isShutDown = false;
  answer: (payload: OtlpPayload, index: number) => OtlpReceipt | Promise<OtlpReceipt>;

  constructor(
    answer: ScriptedSender['answer'] = () => ({ rejectedSpans: 0 }),
    encoding: 'protobuf' | 'json' = 'protobuf',
  ) {
    this.answer = answer;
    this.encoding = encoding;
  }

  async sendOtlp(payload: OtlpPayload): Promise<OtlpReceipt> {
    this.sent.push(payload);
    this.inFlight += 1;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    try {
      const receipt = await this.answer(payload, this.sent.length - 1);
      this.delivered.push(...idsOf(decodeTraceRequest(payload.bytes, payload.encoding)));
      return receipt;
    } finally {
      this.inFlight -= 1;
    }
  }

  export(_spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    resultCallback({ code: EXPORT_SUCCESS });
  }

  shutdown(): Promise<void> {
    this.isShutDown = true;
    return Promise.resolve();
  }
}

export interface FoundFile {
  readonly path: string;
  readonly name: string;
  readonly spanCount: number;
  readonly mode: number;
}

/** The files of spans in the folders of owners, oldest first. */
export function spoolFiles(directory: string): FoundFile[] {
  const found: FoundFile[] = [];
  for (const folder of readdirSync(directory)) {
    if (!/^(owner|left)-/.test(folder)) continue;
    for (const name of readdirSync(join(directory, folder))) {
      const file = parseSpoolFileName(name);
      if (file === undefined) continue;
      const path = join(directory, folder, name);
      found.push({ path, name, spanCount: file.spanCount, mode: statSync(path).mode & 0o777 });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names in a folder, none if it is not there. */
export function namesIn(...path: string[]): string[] {
  try {
    return readdirSync(join(...path)).sort();
  } catch {
    return [];
  }
}

/** What an exporter counts as the ends of spans, and what it still has, against what came in. */
export function balance(exporter: SpoolingSpanExporter): { in: number; out: number } {
  const stats = exporter.stats();
  return {
    in: stats.spooledSpans + stats.memorySpans + stats.recoveredSpans,
    out:
      stats.deliveredSpans +
      stats.rejectedSpans +
      stats.evictedSpans +
      stats.failedSpans +
      stats.handedOverSpans +
      stats.pendingSpans,
  };
}
