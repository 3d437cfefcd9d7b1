import { SpanStatusCode } from '@opentelemetry/api';
import type { SpanFacts } from './span-facts.js';

/** Imports are looked up anew at each use, which a span can do without. */
const ERROR = SpanStatusCode.ERROR;

/** Name of the event that `recordException()` adds. */
const EXCEPTION_EVENT = 'exception';

/** Whether a span failed: status ERROR, or an exception event (an error that somebody recorded and went on from). */
export function isError(span: SpanFacts): boolean {
  if (span.status?.code === ERROR) return true;
  const { events } = span;
  if (events === undefined || events.length === 0) return false;
  for (const event of events) if (event.name === EXCEPTION_EVENT) return true;
  return false;
}
