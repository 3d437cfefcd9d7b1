import { asJsonObject, asJsonObjects, asNumber, asString, type JsonObject } from '../json.js';
import { plainAttributes, plainValue } from './any-value.js';
import type { ReceivedLogRecord, ReceivedMetricPoint, ReceivedOrigin, ReceivedSpan } from './received.js';

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const STATUS_CODES = ['unset', 'ok', 'error'] as const;
const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;
const METRIC_TYPES = ['gauge', 'sum', 'histogram', 'exponentialHistogram'] as const;

/** The spans of an `ExportTraceServiceRequest` in its JSON form. */
export function spansOf(request: unknown): ReceivedSpan[] {
  return itemsOf(request, 'resourceSpans', 'scopeSpans', 'spans').map(([span, origin]) => {
    const start = nanos(span['startTimeUnixNano']);
    const end = nanos(span['endTimeUnixNano']);
    const status = asJsonObject(span['status']);
    return {
      ...origin,
      traceId: asString(span['traceId']),
      spanId: asString(span['spanId']),
      parentSpanId: asString(span['parentSpanId']) === '' ? undefined : asString(span['parentSpanId']),
      traceState: asString(span['traceState']),
      name: asString(span['name']),
      kind: KINDS[asNumber(span['kind'], 0)] ?? 'unspecified',
      startTimeUnixNano: start,
      endTimeUnixNano: end,
      durationMillis: Number(end - start) / 1e6,
      attributes: plainAttributes(span['attributes']),
      status: { code: STATUS_CODES[asNumber(status['code'], 0)] ?? 'unset', message: asString(status['message']) },
      events: asJsonObjects(span['events']).map((event) => ({
        name: asString(event['name']),
        timeUnixNano: nanos(event['timeUnixNano']),
        attributes: plainAttributes(event['attributes']),
      })),
      links: asJsonObjects(span['links']).map((link) => ({
        traceId: asString(link['traceId']),
        spanId: asString(link['spanId']),
        attributes: plainAttributes(link['attributes']),
      })),
      droppedAttributesCount: asNumber(span['droppedAttributesCount'], 0),
    };
  });
}

/** The data points of an `ExportMetricsServiceRequest` in its JSON form. */
export function metricPointsOf(request: unknown): ReceivedMetricPoint[] {
  return itemsOf(request, 'resourceMetrics', 'scopeMetrics', 'metrics').flatMap(([metric, origin]) =>
    METRIC_TYPES.filter((type) => type in metric).flatMap((type) => {
      const data = asJsonObject(metric[type]);
      return asJsonObjects(data['dataPoints']).map((point) => ({
        ...origin,
        name: asString(metric['name']),
        description: asString(metric['description']),
        unit: asString(metric['unit']),
        type,
        temporality: TEMPORALITIES[asNumber(data['aggregationTemporality'], 0)] ?? 'unspecified',
        attributes: plainAttributes(point['attributes']),
        value: asNumber(point['sum'] ?? point['asDouble'] ?? point['asInt'], 0),
        count: asNumber(point['count'], 1),
        bounds: numbers(point['explicitBounds']),
        bucketCounts: numbers(point['bucketCounts']),
      }));
    }),
  );
}

/** The log records of an `ExportLogsServiceRequest` in its JSON form. */
export function logRecordsOf(request: unknown): ReceivedLogRecord[] {
  return itemsOf(request, 'resourceLogs', 'scopeLogs', 'logRecords').map(([record, origin]) => ({
    ...origin,
    timeUnixNano: nanos(record['timeUnixNano']),
    severityNumber: asNumber(record['severityNumber'], 0),
    severityText: asString(record['severityText']),
    eventName: asString(record['eventName']),
    body: plainValue(record['body']),
    attributes: plainAttributes(record['attributes']),
    traceId: asString(record['traceId']),
    spanId: asString(record['spanId']),
  }));
}

/** Walks resource → scope → item, the shape all three signals share. */
function itemsOf(
  request: unknown,
  byResource: string,
  byScope: string,
  items: string,
): [item: JsonObject, origin: ReceivedOrigin][] {
  return asJsonObjects(asJsonObject(request)[byResource]).flatMap((resourceGroup) => {
    const resource = plainAttributes(asJsonObject(resourceGroup['resource'])['attributes']);
    return asJsonObjects(resourceGroup[byScope]).flatMap((scopeGroup) => {
      const scope = asJsonObject(scopeGroup['scope']);
      const origin: ReceivedOrigin = {
        resource,
        scope: {
          name: asString(scope['name']),
          version: asString(scope['version']),
          attributes: plainAttributes(scope['attributes']),
          schemaUrl: asString(scopeGroup['schemaUrl']),
        },
      };
      return asJsonObjects(scopeGroup[items]).map((item): [JsonObject, ReceivedOrigin] => [item, origin]);
    });
  });
}

function nanos(value: unknown): bigint {
  return typeof value === 'string' || typeof value === 'number' ? BigInt(value) : 0n;
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
