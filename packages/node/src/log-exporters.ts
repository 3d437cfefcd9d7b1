import type { MeterProvider } from '@opentelemetry/api';
import type { ConfigurationModel } from '@genspan/configuration';
import type { LogRecordProcessorLike } from '@genspan/redaction-span-processor';
import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import type { SdkModules } from './sdk-modules.js';

/** A name that `OTEL_LOGS_EXPORTER` can have. */
export type LogExporterName = ConfigurationModel['logs']['exporters'][number];

/** What is needed to make an exporter of log records with its processor. */
export interface LogExporterContext {
  readonly model: ConfigurationModel;
  readonly sdk: SdkModules;
  /** Where the SDK's processors report on themselves, when `OTEL_NODE_EXPERIMENTAL_SDK_METRICS` asks for it. */
  readonly selfObsMeterProvider: MeterProvider | undefined;
}

const OTLP_PACKAGES: Record<ConfigurationModel['logs']['otlpProtocol'], string> = {
  'http/protobuf': '@opentelemetry/exporter-logs-otlp-proto',
  'http/json': '@opentelemetry/exporter-logs-otlp-http',
  grpc: '@opentelemetry/exporter-logs-otlp-grpc',
};

/** Each exporter by name, with the processor that the SDK puts in front of it. */
const CREATE: { [Name in LogExporterName]: (context: LogExporterContext) => LogRecordProcessorLike } = {
  otlp: ({ model, sdk, selfObsMeterProvider }) => {
    const { maxQueueSize, scheduledDelayMillis, exportTimeoutMillis, maxExportBatchSize } = model.logs;
    // Endpoint, headers, timeout and certificates it reads from their variables.
    const { OTLPLogExporter } = sdk.load(OTLP_PACKAGES[model.logs.otlpProtocol]) as OtlpLogs;
    return new sdk.sdkLogs.BatchLogRecordProcessor({
      exporter: new OTLPLogExporter(),
      maxQueueSize,
      scheduledDelayMillis,
      exportTimeoutMillis,
      maxExportBatchSize,
      ...(selfObsMeterProvider === undefined ? {} : { selfObsMeterProvider }),
    });
  },
  console: ({ sdk, selfObsMeterProvider }) =>
    new sdk.sdkLogs.SimpleLogRecordProcessor({
      exporter: new sdk.sdkLogs.ConsoleLogRecordExporter(),
      ...(selfObsMeterProvider === undefined ? {} : { selfObsMeterProvider }),
    }),
};

/** What each of the OTLP packages exports. */
interface OtlpLogs {
  readonly OTLPLogExporter: new () => LogRecordExporter;
}

/**
 * Makes the exporter of this name and the processor in front of it.
 *
 * @throws Error when the SDK has no such exporter, or it refuses its settings.
 */
export function createNamedLogExporter(name: LogExporterName, context: LogExporterContext): LogRecordProcessorLike {
  return CREATE[name](context);
}
