import type { MeterProvider } from '@opentelemetry/api';
import type { DetectorName } from './detector-name.js';
import type { RedactionRule } from './redaction-rule.js';

/**
 * What takes the place of a match. `mask`: `[REDACTED]`. `hash`: `[HASH:…]`, so that equal values can be told to be equal.
 * `remove`: nothing. `partial`: `[REDACTED]` and the last few characters.
 */
export type RedactionMode = 'mask' | 'hash' | 'remove' | 'partial';

/** How phone numbers are checked. */
export interface PhoneValidation {
  /**
   * Country in which numbers without one are read as dialled, two capital letters (ISO 3166-1): `US`. There those without
   * their area are no valid numbers.
   * @defaultValue none: only numbers with a country are checked, all others are matches
   */
  readonly defaultCountry?: string;
}

/** Options of {@link Redactor}. */
export interface RedactorOptions {
  /** @defaultValue `'mask'` */
  mode?: RedactionMode;
  /**
   * Whether the mask says what was found: `[REDACTED:email]`.
   * @defaultValue `false`
   */
  labels?: boolean;
  /**
   * Key of HMAC-SHA-256 in mode `hash`. Without one, hashes of values that can be guessed can be looked up.
   * @defaultValue none, with a warning
   */
  hashKey?: string | Uint8Array;
  /**
   * Characters that mode `partial` keeps, 1 to 8. Of a match that is not at least twice as long none is kept.
   * @defaultValue 4
   */
  keepLast?: number;
  /**
   * Whether the detectors that are on by default are on.
   * @defaultValue `true`; `false` when `detectors` is a list
   */
  includeDefaults?: boolean;
  /**
   * A list: these detectors, and no others unless `includeDefaults` is `true`. An object: switches over the default ones,
   * `{ ipv4: true, phone: false }`.
   * @defaultValue the default ones
   */
  detectors?: readonly DetectorName[] | Readonly<Partial<Record<DetectorName, boolean>>>;
  /**
   * Matches of the detector `phone` that the package `libphonenumber-js` says are no valid numbers are left alone. It has to
   * be installed.
   * @defaultValue no check
   */
  phoneValidation?: PhoneValidation;
  /**
   * Rules of one's own.
   * @defaultValue none
   */
  rules?: readonly RedactionRule[];
  /**
   * The only attribute keys that may leave, `*` for any characters; everything else is removed, a log record's `body` and
   * a span's `status.message` too unless they are named. What may leave is still searched.
   * @defaultValue all
   */
  allowKeys?: readonly string[];
  /**
   * Matches that are no secrets, character by character: `support@example.com`.
   * @defaultValue none
   */
  allowlist?: readonly string[];
  /**
   * Patterns of matches that are no secrets; they must fit the match from its start to its end.
   * @defaultValue none
   */
  allowPatterns?: readonly RegExp[];
  /**
   * Length in UTF-16 code units above which a string is masked as a whole instead of searched, at least 64.
   * @defaultValue 16,777,216
   */
  maxValueLength?: number;
  /**
   * Only count and mark: spans and log records get `genspan.redaction.<detector>`, the number of matches, and leave as
   * they are otherwise. Everything is counted as a run without it would; functions of `replacement` are not called.
   * @defaultValue `false`
   */
  dryRun?: boolean;
  /**
   * Where `genspan.redaction.*` metrics are reported.
   * @defaultValue nowhere
   */
  meterProvider?: MeterProvider;
}
