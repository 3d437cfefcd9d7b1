// Ways for spans to get to an OTLP receiver, each with a tracer provider of its own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { BufferedSpanProcessor } from '@genspan/buffered-span-processor';
import { OtlpHttpSpanExporter, SpoolingSpanExporter } from '@genspan/span-exporters';

const batch = (exporter) => new BatchSpanProcessor(exporter);
const buffered = (exporter) => new BufferedSpanProcessor({ exporter });
const gzipSdk = { compression: CompressionAlgorithm.GZIP };

function spool(url) {
  const directory = mkdtempSync(join(tmpdir(), 'genspan-delivery-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return new SpoolingSpanExporter({ exporter: new OtlpHttpSpanExporter({ url }), directory });
}

/** By id; `exporter(url)` and `processor(exporter)` are at their defaults but for what the name says. */
export const ROWS = {
  none: { name: 'no span processor' },
  sdk: {
    name: 'BatchSpanProcessor + OTLPTraceExporter',
    exporter: (url) => new OTLPTraceExporter({ url }),
    processor: batch,
  },
  genspan: {
    name: 'BufferedSpanProcessor + OtlpHttpSpanExporter',
    exporter: (url) => new OtlpHttpSpanExporter({ url }),
    processor: buffered,
  },
  'genspan-sdk': {
    name: 'BufferedSpanProcessor + OTLPTraceExporter',
    exporter: (url) => new OTLPTraceExporter({ url }),
    processor: buffered,
  },
  spool: { name: 'genspan with a spool', exporter: spool, processor: buffered },
  'gzip-1': {
    name: 'genspan, gzip level 1',
    exporter: (url) => new OtlpHttpSpanExporter({ url, compression: 'gzip' }),
    processor: buffered,
  },
  'gzip-6': {
    name: 'genspan, gzip level 6',
    exporter: (url) => new OtlpHttpSpanExporter({ url, compression: 'gzip', compressionLevel: 6 }),
    processor: buffered,
  },
  'sdk-gzip': { name: 'SDK, gzip', exporter: (url) => new OTLPTraceExporter({ url, ...gzipSdk }), processor: batch },
};

/** @returns `{ id, name, tracer, taken, flush, shutdown }`; `taken()` is how many spans have left the queue, `undefined` where there is none */
export function connect(id, url) {
  const { name, exporter, processor } = ROWS[id];
  if (exporter === undefined) {
    const provider = new BasicTracerProvider();
    return { id, name, tracer: provider.getTracer('benchmark'), flush: async () => {}, shutdown: async () => {} };
  }
  const counting = new CountingSpanExporter(exporter(`${url}/v1/traces`));
  const provider = new BasicTracerProvider({ spanProcessors: [processor(counting)] });
  return {
    id,
    name,
    tracer: provider.getTracer('benchmark'),
    taken: () => counting.spans,
    flush: () => provider.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

/** Counts the spans that leave the queue, and changes nothing else. */
class CountingSpanExporter {
  spans = 0;
  #exporter;

  constructor(exporter) {
    this.#exporter = exporter;
  }

  export(spans, resultCallback) {
    this.spans += spans.length;
    this.#exporter.export(spans, resultCallback);
  }

  async forceFlush() {
    await this.#exporter.forceFlush?.();
  }

  shutdown() {
    return this.#exporter.shutdown();
  }
}
