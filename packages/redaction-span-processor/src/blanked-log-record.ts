import { blankAttributes, readOr } from './blank-attributes.js';
import type { LogRecordLike } from './log-record-like.js';
import type { RedactedLogParts } from './redact-log-record.js';
import type { Redaction } from './redaction.js';
import { MASK } from './replacer.js';

/** All parts of a log record that hold text, without it: the keys of attributes stay, with numbers. Never throws. */
export function blankLogParts(redaction: Redaction, record: LogRecordLike): RedactedLogParts {
  return {
    body: MASK,
    attributes: blankAttributes(redaction, () => record.attributes, 'log.attribute'),
    ...(readOr<unknown>(() => record.eventName, MASK) === undefined ? {} : { eventName: MASK }),
    ...(readOr<unknown>(() => record.severityText, MASK) === undefined ? {} : { severityText: MASK }),
  };
}
