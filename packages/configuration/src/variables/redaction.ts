import {
  anyListType,
  booleanType,
  changeListType,
  integerType,
  optional,
  secretType,
  wordType,
} from '../variable-type.js';
import { variable } from '../variable.js';

/** What takes the place of a match. */
export const REDACTION_MODES = ['mask', 'hash', 'remove', 'partial'] as const;

/**
 * What is taken out of spans and log records. Options and defaults are those of `Redactor`; what a detector and a field path
 * are is checked where the stage is made, because this package knows none of the stages. A setting that is wrong never
 * makes less be redacted than without it.
 */
export const REDACTION_VARIABLES = {
  enabled: variable({
    name: 'OTEL_GENSPAN_REDACTION_ENABLED',
    type: booleanType,
    default: true,
    description: 'Takes secrets and personal data out of every field of spans and log records.',
  }),
  mode: variable({
    name: 'OTEL_GENSPAN_REDACTION_MODE',
    type: wordType(REDACTION_MODES),
    default: 'mask',
    description: 'What takes the place of a match: `[REDACTED]`, `[HASH:…]`, nothing, or `[REDACTED]` and its end.',
  }),
  detectors: variable({
    name: 'OTEL_GENSPAN_REDACTION_DETECTORS',
    type: optional(changeListType('detectors')),
    default: undefined,
    description: 'Names: only these search. `+name` and `-name`: changes to those that are on by default.',
  }),
  fields: variable({
    name: 'OTEL_GENSPAN_REDACTION_FIELDS',
    type: anyListType,
    default: [],
    description: 'Paths of fields that are redacted whatever is in them: `*.authorization,customer.name`.',
  }),
  allowKeys: variable({
    name: 'OTEL_GENSPAN_REDACTION_ALLOW_KEYS',
    type: optional(anyListType),
    default: undefined,
    description:
      'The only attributes that may leave, `*` for any characters: `gen_ai.*,http.*`. All others are removed.',
  }),
  allowlist: variable({
    name: 'OTEL_GENSPAN_REDACTION_ALLOWLIST',
    type: anyListType,
    default: [],
    description: 'Matches that are no secrets, character by character: `support@example.com`.',
  }),
  hashKey: variable({
    name: 'OTEL_GENSPAN_REDACTION_HASH_KEY',
    type: optional(secretType),
    default: undefined,
    description:
      'Key of the hashes of mode `hash`, a secret: equal values have equal hashes where the key is the same.',
  }),
  labels: variable({
    name: 'OTEL_GENSPAN_REDACTION_LABELS',
    type: booleanType,
    default: false,
    description: 'Says in the mask what was found: `[REDACTED:email]`.',
  }),
  keepLast: variable({
    name: 'OTEL_GENSPAN_REDACTION_KEEP_LAST',
    // With a wrong number as little as can be is kept.
    type: { ...integerType(1, 'characters', 8), salvage: () => 1 },
    default: 4,
    description: 'Characters at the end of a match that mode `partial` keeps.',
  }),
  maxValueLength: variable({
    name: 'OTEL_GENSPAN_REDACTION_MAX_VALUE_LENGTH',
    type: integerType(64, 'characters'),
    default: 16 * 1024 * 1024,
    description: 'Length of a text beyond which it is masked as a whole instead of searched.',
  }),
  dryRun: variable({
    name: 'OTEL_GENSPAN_REDACTION_DRY_RUN',
    type: booleanType,
    default: false,
    description: 'Only counts and marks what would be redacted: **everything leaves as it is**.',
  }),
};
