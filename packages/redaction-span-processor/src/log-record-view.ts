import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { InstrumentationScopeLike, ResourceLike } from '@genspan/span-processor-base';
import type { LogRecordLike } from './log-record-like.js';
import type { RedactedLogParts } from './redact-log-record.js';

/**
 * A log record as the redaction hands it on: it reads like the record it was made from, but for the redacted parts. Who gets
 * it may write on it; that changes nothing on the record, which sibling processors hold too.
 */
export class LogRecordView implements LogRecordLike {
  hrTime: HrTime;
  hrTimeObserved: HrTime;
  spanContext?: SpanContext;
  readonly resource: ResourceLike;
  readonly instrumentationScope: InstrumentationScopeLike;
  readonly attributes: Record<string, unknown>;
  severityText?: string;
  severityNumber?: number;
  body?: unknown;
  eventName?: string;
  droppedAttributesCount: number;

  constructor(record: LogRecordLike, parts: RedactedLogParts) {
    const { spanContext, severityNumber } = record;
    const severityText = parts.severityText ?? record.severityText;
    const eventName = parts.eventName ?? record.eventName;
    this.hrTime = record.hrTime;
    this.hrTimeObserved = record.hrTimeObserved;
    this.resource = record.resource;
    this.instrumentationScope = record.instrumentationScope;
    this.attributes = Object.assign({}, parts.attributes ?? record.attributes);
    this.droppedAttributesCount = record.droppedAttributesCount;
    this.body = 'body' in parts ? parts.body : record.body;
    if (spanContext !== undefined) this.spanContext = spanContext;
    if (severityNumber !== undefined) this.severityNumber = severityNumber;
    if (severityText !== undefined) this.severityText = severityText;
    if (eventName !== undefined) this.eventName = eventName;
  }

  setAttribute(key: string, value?: unknown): this {
    this.attributes[key] = value;
    return this;
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): this {
    Object.assign(this.attributes, attributes);
    return this;
  }

  setBody(body: unknown): this {
    this.body = body;
    return this;
  }

  setEventName(eventName: string): this {
    this.eventName = eventName;
    return this;
  }

  setSeverityNumber(severityNumber: number): this {
    this.severityNumber = severityNumber;
    return this;
  }

  setSeverityText(severityText: string): this {
    this.severityText = severityText;
    return this;
  }
}
