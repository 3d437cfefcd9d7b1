export type { DetectorName } from './detector-name.js';
export type { RedactionField } from './redaction-field.js';
export type { RedactionMatch } from './redaction-match.js';
export type { FieldRule, PatternRule, RedactionRule, Replacement } from './redaction-rule.js';
export type { MaskedWholeReason, RedactionStats } from './redaction-stats.js';
export { DEFAULT_DETECTOR_NAMES, DETECTOR_NAMES } from './detector-name.js';
export type { RedactionMode, RedactorOptions } from './redactor-options.js';
export { Redactor } from './redactor.js';
