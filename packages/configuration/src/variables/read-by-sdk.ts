import { absentType, headersType, integerType, urlType, wordListType, wordType } from '../variable-type.js';
import type { CheckedVariable } from '../variable.js';
import { OTLP_PROTOCOLS } from './traces.js';

/** The signals whose exporters are the SDK's; what is for all signals is in the table. */
const SIGNALS = ['METRICS_', 'LOGS_'] as const;

const WHOLE_NUMBERS: Readonly<Record<string, string>> = {
  OTEL_METRIC_EXPORT_INTERVAL: '60000',
  OTEL_METRIC_EXPORT_TIMEOUT: '30000',
  OTEL_ATTRIBUTE_COUNT_LIMIT: '128',
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: 'no limit',
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '128',
  OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: 'no limit',
  OTEL_SPAN_EVENT_COUNT_LIMIT: '128',
  OTEL_SPAN_LINK_COUNT_LIMIT: '128',
  OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: '128',
  OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: 'no limit',
};

/**
 * Standard variables that the SDK reads itself. They are checked here because the SDK says of some mistakes nothing, of
 * others three lines (once for each signal), and repeats endpoints, which may hold a password.
 */
export const READ_BY_SDK: readonly CheckedVariable[] = [
  ...SIGNALS.flatMap(otlpVariables),
  {
    name: 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
    type: wordType(OTLP_PROTOCOLS),
    default: 'that of OTEL_EXPORTER_OTLP_PROTOCOL',
  },
  {
    name: 'OTEL_CONFIG_FILE',
    type: absentType('no configuration file: genspan reads variables only'),
    default: 'the variables',
  },
  { name: 'OTEL_EXPORTER_ZIPKIN_ENDPOINT', type: urlType, default: 'the local Zipkin' },
  { name: 'OTEL_METRICS_EXPORTER', type: wordListType(['otlp', 'console', 'prometheus']), default: 'otlp' },
  {
    name: 'OTEL_PROPAGATORS',
    type: wordListType(['tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger']),
    default: 'tracecontext,baggage',
  },
  ...Object.entries(WHOLE_NUMBERS).map(([name, value]) => ({
    name,
    type: integerType(name.endsWith('_LIMIT') ? 0 : 1),
    default: value,
  })),
];

function otlpVariables(signal: (typeof SIGNALS)[number]): CheckedVariable[] {
  const name = (option: string): string => `OTEL_EXPORTER_OTLP_${signal}${option}`;
  return [
    {
      name: name('ENDPOINT'),
      type: urlType,
      default: 'that of OTEL_EXPORTER_OTLP_ENDPOINT',
      // gRPC also takes `host:port` and `unix:` targets.
      uncheckedWhen: (textOf) => [signal, ''].some((form) => textOf(`OTEL_EXPORTER_OTLP_${form}PROTOCOL`) === 'grpc'),
    },
    { name: name('HEADERS'), type: headersType, default: 'no headers' },
    { name: name('TIMEOUT'), type: integerType(1, 'milliseconds'), default: '10000' },
    { name: name('COMPRESSION'), type: wordType(['gzip', 'none']), default: 'none' },
  ];
}
