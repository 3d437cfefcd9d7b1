// Compiled, never run: fails `npm run typecheck` when the SDK's types and ours drift apart. It imports only names both SDK
// lines share, so the same file is compiled against 3.x in its own folder.
import type { LogRecordProcessor, ReadWriteLogRecord } from '@opentelemetry/sdk-logs';
import { BatchLogRecordProcessor, InMemoryLogRecordExporter, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor, InMemorySpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { LogRecordLike, LogRecordProcessorLike } from '../../src/index.js';
import { RedactionLogRecordProcessor, RedactionSpanProcessor } from '../../src/index.js';
import type { LogRecordView } from '../../src/log-record-view.js';

declare const sdkRecord: ReadWriteLogRecord;

// The SDK's processors go where ours are asked for …
const batch = new BatchLogRecordProcessor({ exporter: new InMemoryLogRecordExporter() });
export const sdkProcessorAsOurs: LogRecordProcessorLike = batch;

// … ours go where the SDK's are …
export const ourProcessorAsSdks: LogRecordProcessor = new RedactionLogRecordProcessor({ delegate: batch });
export const logs = new LoggerProvider({ processors: [new RedactionLogRecordProcessor()] });
const delegate = new BatchSpanProcessor({ exporter: new InMemorySpanExporter() });
export const traces = new TracerProvider({
  spanProcessors: [new RedactionSpanProcessor({ delegate }), new RedactionSpanProcessor()],
});

// … and the SDK's record is one of ours.
export const sdkRecordAsOurs: LogRecordLike = sdkRecord;

// A field that a later SDK adds to its records shows here: a view would not have it.
type MissingInView = Exclude<keyof ReadWriteLogRecord, keyof LogRecordView>;
export const nothingIsMissing: [MissingInView] extends [never] ? true : MissingInView = true;
