import type { Meter, Tracer } from '@opentelemetry/api';
import type { ContentCapture } from './content-capture.js';
import type { LoggerLike } from './logger.js';

/** What can be changed while a recorder is in use. */
export interface RecorderSettings {
  /** Where prompts and completions are recorded. @defaultValue `'none'` */
  readonly captureMessageContent?: ContentCapture | undefined;
  /** Also record the metric names of the conventions 1.41. @defaultValue false */
  readonly legacyMetrics?: boolean | undefined;
  /** Emit `gen_ai.client.inference.operation.details` and `gen_ai.client.operation.exception`. @defaultValue true */
  readonly emitEvents?: boolean | undefined;
}

/** Options of {@link GenAIRecorder}. */
export interface GenAIRecorderOptions extends RecorderSettings {
  /** Name in `diag` lines, such as the name of the instrumentation. */
  readonly namespace: string;
  readonly tracer: Tracer;
  readonly meter: Meter;
  readonly logger: LoggerLike;
}
