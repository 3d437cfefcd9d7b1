// Compiled, never run: fails `npm run typecheck` when an exporter is no longer what the SDK takes. It imports only
// `@opentelemetry/sdk-trace`, the name both SDK lines share, so the same file is compiled against 3.x in its own folder.
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { BatchSpanProcessor, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import {
  ConsoleTreeSpanExporter,
  JsonlSpanExporter,
  OtlpHttpSpanExporter,
  RetryingSpanExporter,
} from '@genspan/span-exporters';

export const exporters: SpanExporter[] = [
  new ConsoleTreeSpanExporter({ stream: process.stderr }),
  new JsonlSpanExporter({ path: 'spans.jsonl' }),
  new OtlpHttpSpanExporter(),
  new RetryingSpanExporter({ exporter: new OtlpHttpSpanExporter() }),
];
declare const sdkExporter: SpanExporter;
export const retrying = new RetryingSpanExporter({ exporter: sdkExporter });
export const batched = new BatchSpanProcessor({ exporter: new ConsoleTreeSpanExporter() });
export const simple = new SimpleSpanProcessor({ exporter: new JsonlSpanExporter({ path: 'spans.jsonl' }) });
