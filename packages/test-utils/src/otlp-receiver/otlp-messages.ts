import type { Field, Messages } from './protobuf-reader.js';

type Row = [number: number, name: string, type: Field['type'], repeated?: 'repeated'];

function fields(...rows: Row[]): Readonly<Record<number, Field>> {
  return Object.fromEntries(
    rows.map(([number, name, type, repeated]) => [number, { name, type, repeated: repeated === 'repeated' }]),
  );
}

const message = (name: string): Field['type'] => ({ message: name });
const attributes = (number: number, name = 'attributes'): Row => [number, name, message('KeyValue'), 'repeated'];
const POINT_TIMES: Row[] = [
  [2, 'startTimeUnixNano', 'fixed64'],
  [3, 'timeUnixNano', 'fixed64'],
];

/**
 * The OTLP messages, named as OTLP/JSON names their members.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto (trace, metrics, logs, common and resource v1)
 */
export const OTLP_MESSAGES: Messages = {
  ExportTraceServiceRequest: fields([1, 'resourceSpans', message('ResourceSpans'), 'repeated']),
  ResourceSpans: fields(
    [1, 'resource', message('Resource')],
    [2, 'scopeSpans', message('ScopeSpans'), 'repeated'],
    [3, 'schemaUrl', 'string'],
  ),
  ScopeSpans: fields(
    [1, 'scope', message('InstrumentationScope')],
    [2, 'spans', message('Span'), 'repeated'],
    [3, 'schemaUrl', 'string'],
  ),
  Span: fields(
    [1, 'traceId', 'hex'],
    [2, 'spanId', 'hex'],
    [3, 'traceState', 'string'],
    [4, 'parentSpanId', 'hex'],
    [5, 'name', 'string'],
    [6, 'kind', 'uint32'],
    [7, 'startTimeUnixNano', 'fixed64'],
    [8, 'endTimeUnixNano', 'fixed64'],
    attributes(9),
    [10, 'droppedAttributesCount', 'uint32'],
    [11, 'events', message('Event'), 'repeated'],
    [12, 'droppedEventsCount', 'uint32'],
    [13, 'links', message('Link'), 'repeated'],
    [14, 'droppedLinksCount', 'uint32'],
    [15, 'status', message('Status')],
    [16, 'flags', 'fixed32'],
  ),
  Event: fields([1, 'timeUnixNano', 'fixed64'], [2, 'name', 'string'], attributes(3), [
    4,
    'droppedAttributesCount',
    'uint32',
  ]),
  Link: fields(
    [1, 'traceId', 'hex'],
    [2, 'spanId', 'hex'],
    [3, 'traceState', 'string'],
    attributes(4),
    [5, 'droppedAttributesCount', 'uint32'],
    [6, 'flags', 'fixed32'],
  ),
  Status: fields([2, 'message', 'string'], [3, 'code', 'uint32']),

  ExportMetricsServiceRequest: fields([1, 'resourceMetrics', message('ResourceMetrics'), 'repeated']),
  ResourceMetrics: fields(
    [1, 'resource', message('Resource')],
    [2, 'scopeMetrics', message('ScopeMetrics'), 'repeated'],
    [3, 'schemaUrl', 'string'],
  ),
  ScopeMetrics: fields(
    [1, 'scope', message('InstrumentationScope')],
    [2, 'metrics', message('Metric'), 'repeated'],
    [3, 'schemaUrl', 'string'],
  ),
  Metric: fields(
    [1, 'name', 'string'],
    [2, 'description', 'string'],
    [3, 'unit', 'string'],
    [5, 'gauge', message('Gauge')],
    [7, 'sum', message('Sum')],
    [9, 'histogram', message('Histogram')],
    [10, 'exponentialHistogram', message('ExponentialHistogram')],
  ),
  Gauge: fields([1, 'dataPoints', message('NumberDataPoint'), 'repeated']),
  Sum: fields(
    [1, 'dataPoints', message('NumberDataPoint'), 'repeated'],
    [2, 'aggregationTemporality', 'uint32'],
    [3, 'isMonotonic', 'bool'],
  ),
  Histogram: fields(
    [1, 'dataPoints', message('HistogramDataPoint'), 'repeated'],
    [2, 'aggregationTemporality', 'uint32'],
  ),
  ExponentialHistogram: fields(
    [1, 'dataPoints', message('ExponentialHistogramDataPoint'), 'repeated'],
    [2, 'aggregationTemporality', 'uint32'],
  ),
  NumberDataPoint: fields(
    ...POINT_TIMES,
    [4, 'asDouble', 'double'],
    [5, 'exemplars', message('Exemplar'), 'repeated'],
    [6, 'asInt', 'sfixed64'],
    attributes(7),
  ),
  HistogramDataPoint: fields(
    ...POINT_TIMES,
    [4, 'count', 'fixed64'],
    [5, 'sum', 'double'],
    [6, 'bucketCounts', 'fixed64', 'repeated'],
    [7, 'explicitBounds', 'double', 'repeated'],
    [8, 'exemplars', message('Exemplar'), 'repeated'],
    attributes(9),
    [11, 'min', 'double'],
    [12, 'max', 'double'],
  ),
  ExponentialHistogramDataPoint: fields(
    attributes(1),
    ...POINT_TIMES,
    [4, 'count', 'fixed64'],
    [5, 'sum', 'double'],
    [6, 'scale', 'sint32'],
    [7, 'zeroCount', 'fixed64'],
    [8, 'positive', message('Buckets')],
    [9, 'negative', message('Buckets')],
    [12, 'min', 'double'],
    [13, 'max', 'double'],
  ),
  Buckets: fields([1, 'offset', 'sint32'], [2, 'bucketCounts', 'int64', 'repeated']),
  Exemplar: fields(
    [2, 'timeUnixNano', 'fixed64'],
    [3, 'asDouble', 'double'],
    [4, 'spanId', 'hex'],
    [5, 'traceId', 'hex'],
    [6, 'asInt', 'sfixed64'],
    attributes(7, 'filteredAttributes'),
  ),

  ExportLogsServiceRequest: fields([1, 'resourceLogs', message('ResourceLogs'), 'repeated']),
  ResourceLogs: fields(
    [1, 'resource', message('Resource')],
    [2, 'scopeLogs', message('ScopeLogs'), 'repeated'],
    [3, 'schemaUrl', 'string'],
  ),
  ScopeLogs: fields(
    [1, 'scope', message('InstrumentationScope')],
    [2, 'logRecords', message('LogRecord'), 'repeated'],
    [3, 'schemaUrl', 'string'],
  ),
  LogRecord: fields(
    [1, 'timeUnixNano', 'fixed64'],
    [2, 'severityNumber', 'uint32'],
    [3, 'severityText', 'string'],
    [5, 'body', message('AnyValue')],
    attributes(6),
    [7, 'droppedAttributesCount', 'uint32'],
    [8, 'flags', 'fixed32'],
    [9, 'traceId', 'hex'],
    [10, 'spanId', 'hex'],
    [11, 'observedTimeUnixNano', 'fixed64'],
    [12, 'eventName', 'string'],
  ),

  Resource: fields(attributes(1), [2, 'droppedAttributesCount', 'uint32']),
  InstrumentationScope: fields([1, 'name', 'string'], [2, 'version', 'string'], attributes(3), [
    4,
    'droppedAttributesCount',
    'uint32',
  ]),
  KeyValue: fields([1, 'key', 'string'], [2, 'value', message('AnyValue')]),
  AnyValue: fields(
    [1, 'stringValue', 'string'],
    [2, 'boolValue', 'bool'],
    [3, 'intValue', 'int64'],
    [4, 'doubleValue', 'double'],
    [5, 'arrayValue', message('ArrayValue')],
    [6, 'kvlistValue', message('KeyValueList')],
    [7, 'bytesValue', 'bytes'],
  ),
  ArrayValue: fields([1, 'values', message('AnyValue'), 'repeated']),
  KeyValueList: fields([1, 'values', message('KeyValue'), 'repeated']),
};
