import type { FailureCounter } from '@genspan/span-processor-base';
import type { RedactionEngine } from './redaction-engine.js';

/** What the functions that redact a span or a log record work with. */
export interface Redaction {
  readonly engine: RedactionEngine;
  /** Counts what could not be read or written. What fails inside the engine is in its stats. */
  readonly failures: FailureCounter;
}
