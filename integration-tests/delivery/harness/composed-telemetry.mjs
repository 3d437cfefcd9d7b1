// The stack as an application composes it by hand: buffered processor, spool or retries, OTLP over HTTP.

import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { BufferedSpanProcessor } from '@genspan/buffered-span-processor';
import { OtlpHttpSpanExporter, RetryingSpanExporter, SpoolingSpanExporter } from '@genspan/span-exporters';
import { AcknowledgedSpans } from './acknowledged-spans.mjs';
import { IdFile } from './id-file.mjs';

/** @param load - what `startLoad()` was told; `stack` has the options of each part */
export function compose({ stack, folder }) {
  const say = (level) => (message) => writeSync(2, `opentelemetry ${level}: ${message}\n`);
  diag.setLogger(
    { error: say('error'), warn: say('warn'), info: say('info'), debug: say('debug'), verbose: say('verbose') },
    { logLevel: DiagLogLevel.WARN },
  );
  const sender = new OtlpHttpSpanExporter(stack.sender);
  const spool = stack.spool && new SpoolingSpanExporter({ exporter: sender, ...stack.spool });
  const retrying = stack.retries && new RetryingSpanExporter({ exporter: sender, ...stack.retries });
  const acknowledged = new AcknowledgedSpans(spool ?? retrying ?? sender, new IdFile(join(folder, 'acknowledged.ids')));
  const dropped = new IdFile(join(folder, 'dropped.ids'));
  const told = { spans: 0, byReason: {} };
  const processor = new BufferedSpanProcessor({
    ...stack.processor,
    exporter: acknowledged,
    onDrop: ({ reason, count, spans }) => {
      told.spans += count;
      told.byReason[reason] = (told.byReason[reason] ?? 0) + count;
      if (spans !== undefined) dropped.append(spans.map((span) => span.spanContext().spanId));
    },
  });
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
  return {
    stats: () => ({
      ...processor.stats(),
      pending: processor.pendingCount(),
      told: structuredClone(told),
      droppedNamed: dropped.count,
      acknowledged: acknowledged.count,
      sender: sender.stats(),
      spool: spool?.stats(),
    }),
    flushSync: () => processor.flushSync(),
    healthHandler: () => processor.healthHandler(),
    shutdown: () => processor.shutdown(),
  };
}
