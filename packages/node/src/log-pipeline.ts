import { diag } from '@opentelemetry/api';
import { RedactionLogRecordProcessor } from '@genspan/redaction-span-processor';
import type { LogRecordProcessorLike, Redactor } from '@genspan/redaction-span-processor';
import { describeError } from './diagnostics.js';
import { FanOutLogRecordProcessor } from './fan-out-log-record-processor.js';
import { createNamedLogExporter } from './log-exporters.js';
import type { LogExporterContext, LogExporterName } from './log-exporters.js';

/** What {@link createLogPipeline} needs. */
export interface LogPipelineContext extends LogExporterContext {
  readonly redactor: Redactor | undefined;
}

/**
 * What log records pass: redaction, then every exporter of `OTEL_LOGS_EXPORTER`.
 *
 * An exporter that cannot be made is one `diag` error; the others are used.
 *
 * @returns `undefined` when there is no exporter
 */
export function createLogPipeline({ redactor, ...context }: LogPipelineContext): LogRecordProcessorLike | undefined {
  const processors = context.model.logs.exporters.flatMap((name) => createProcessor(name, context) ?? []);
  const [first, ...others] = processors;
  if (first === undefined) return undefined;
  const delegate = others.length === 0 ? first : new FanOutLogRecordProcessor(processors);
  return redactor === undefined ? delegate : new RedactionLogRecordProcessor({ redactor, delegate });
}

function createProcessor(name: LogExporterName, context: LogExporterContext): LogRecordProcessorLike | undefined {
  try {
    return createNamedLogExporter(name, context);
  } catch (error) {
    diag.error(`OTEL_LOGS_EXPORTER: ${name} cannot be used and is left out: ${describeError(error)}`);
    return undefined;
  }
}
