// Compiled, never run: fails `npm run typecheck` when the SDK's types and ours drift apart. It imports only
// `@opentelemetry/sdk-trace`, the name both SDK lines share, so the same file is compiled against 3.x in its own folder.
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import { BatchSpanProcessor, InMemorySpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { DelegatingSpanProcessor, GuardedSpanProcessor, SpanView } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanExporterLike, SpanProcessorLike } from '@genspan/span-processor-base';

class Stage extends DelegatingSpanProcessor {
  constructor(delegate: SpanProcessorLike) {
    super('Stage', delegate);
  }
}

declare const ourExporter: SpanExporterLike;
declare const sdkSpan: ReadableSpan;

// The SDK's processors and exporters go where ours are asked for …
const batch = new BatchSpanProcessor({ exporter: new InMemorySpanExporter() });
const stage = new Stage(batch);
export const sdkProcessorAsOurs: SpanProcessorLike = batch;
export const sdkExporterAsOurs: SpanExporterLike = new InMemorySpanExporter();

// … ours go where the SDK's are …
export const ourProcessorAsSdks: SpanProcessor = stage;
export const ourExporterAsSdks: SpanExporter = ourExporter;
export const provider = new TracerProvider({ spanProcessors: [new GuardedSpanProcessor(stage)] });
export const batchOfOurs = new BatchSpanProcessor({ exporter: ourExporter });

// … and the SDK's span is one of ours.
export const sdkSpanAsOurs: ReadableSpanLike = sdkSpan;
export const view = new SpanView(sdkSpan);

// A field that a later SDK adds to its spans shows here: a view would not have it.
type MissingInView = Exclude<keyof ReadableSpan, keyof SpanView>;
export const nothingIsMissing: [MissingInView] extends [never] ? true : MissingInView = true;
