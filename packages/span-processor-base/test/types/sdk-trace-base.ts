// Compiled, never run: the older package of the 2.x line, whose constructors take their arguments one by one.
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { BasicTracerProvider, BatchSpanProcessor, InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { GuardedSpanProcessor } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanExporterLike, SpanProcessorLike } from '@genspan/span-processor-base';

declare const ourExporter: SpanExporterLike;
declare const sdkSpan: ReadableSpan;

export const sdkProcessorAsOurs: SpanProcessorLike = new BatchSpanProcessor(new InMemorySpanExporter());
export const sdkExporterAsOurs: SpanExporterLike = new InMemorySpanExporter();
export const ourProcessorAsSdks: SpanProcessor = new GuardedSpanProcessor(sdkProcessorAsOurs);
export const ourExporterAsSdks: SpanExporter = ourExporter;
export const provider = new BasicTracerProvider({ spanProcessors: [ourProcessorAsSdks] });
export const batchOfOurs = new BatchSpanProcessor(ourExporter);
export const sdkSpanAsOurs: ReadableSpanLike = sdkSpan;
