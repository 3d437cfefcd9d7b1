import { copyValue } from './copy-value.js';
import type { LogRecordLike } from './log-record-like.js';
import { markAttributes, redactAttributes } from './redact-attributes.js';
import { redactText } from './redact-text.js';
import type { Redaction } from './redaction.js';
import { REMOVED } from './redaction-engine.js';
import { MASK } from './replacer.js';

/** The parts of a log record that are different once it is redacted. `body` may be `undefined`: taken away. */
export interface RedactedLogParts {
  body?: unknown;
  attributes?: Readonly<Record<string, unknown>>;
  eventName?: string;
  severityText?: string;
}

/**
 * Redacts every text of a log record but those of its trace state, resource and scope.
 *
 * @returns `undefined` when nothing is found
 * @throws what a record throws that cannot be read
 */
export function redactLogRecord(redaction: Redaction, record: LogRecordLike): RedactedLogParts | undefined {
  const { body, attributes, eventName, severityText } = record;
  let parts: RedactedLogParts | undefined;
  const nextBody = redactBody(redaction, body);
  if (!Object.is(nextBody, body)) (parts ??= {}).body = nextBody;
  const nextAttributes = redactAttributes(redaction, attributes, 'log.attribute');
  if (nextAttributes !== attributes) (parts ??= {}).attributes = nextAttributes;
  const nextEventName = redactText(redaction, eventName, 'log.event_name');
  if (nextEventName !== undefined && nextEventName !== eventName) (parts ??= {}).eventName = nextEventName;
  const nextSeverityText = redactText(redaction, severityText, 'log.severity');
  if (nextSeverityText !== undefined && nextSeverityText !== severityText)
    (parts ??= {}).severityText = nextSeverityText;
  if (!redaction.engine.dryRun) return parts;
  const marked = markAttributes(redaction, attributes);
  return marked === attributes ? undefined : { attributes: marked };
}

function redactBody({ engine, failures }: Redaction, body: unknown): unknown {
  if (body === undefined) return undefined;
  let copy: unknown;
  try {
    copy = engine.dryRun ? body : copyValue(body);
  } catch (error) {
    failures.record('body', error);
    copy = MASK;
  }
  const next = engine.pseudo('body', copy, 'log.body');
  return next === REMOVED ? undefined : next;
}
