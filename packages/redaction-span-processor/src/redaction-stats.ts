import type { RedactionField } from './redaction-field.js';

/** Why a value was masked as a whole instead of match by match. */
export type MaskedWholeReason =
  /** A detector, rule, validator or replacement threw, or returned what it must not. */
  | 'error'
  /** The value is longer than `maxValueLength`. */
  | 'length'
  /** A rule names a field in what turned out not to be readable JSON, or the value is nested too deeply. */
  | 'structure';

/** What was redacted since construction. */
export interface RedactionStats {
  /** Matches by detector or rule, then by the field they were in. With `dryRun` what would have been redacted. */
  readonly matches: Readonly<Record<string, Readonly<Partial<Record<RedactionField, number>>>>>;
  /** Values masked as a whole, by the cause. */
  readonly maskedWhole: Readonly<Record<MaskedWholeReason, number>>;
  /** Attributes, status messages and bodies removed because `allowKeys` does not name them. */
  readonly notAllowed: number;
  /** Spans seen. */
  readonly spans: number;
  /** Log records seen. */
  readonly logRecords: number;
  /** Milliseconds spent on spans and log records. */
  readonly timeMillis: number;
}
