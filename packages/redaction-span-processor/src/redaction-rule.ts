/**
 * What a match is replaced with: a text, or a function that makes one of the match. A function that throws, or returns
 * something else than a string, means that the whole value is masked.
 */
export type Replacement = string | ((match: string, name: string) => string);

/** Redacts what a pattern matches, wherever text is. */
export interface PatternRule {
  /** Stands for the detector's name in stats and labels: letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /**
   * Matched as often as it occurs. It is checked when it is given: one that can take more than linear time on some text is
   * refused, unless `re2` is installed, which then runs it.
   */
  readonly pattern: RegExp;
  /** Tells real matches from others; `false` leaves the match alone. A validator that throws masks the whole value. */
  readonly validate?: (match: string) => boolean;
  /** @defaultValue what the mode makes of it */
  readonly replacement?: Replacement;
}

/** Redacts whole fields by their path, without looking at the content. */
export interface FieldRule {
  /** Stands for the detector's name in stats and labels: letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /**
   * Paths over attribute keys and inside JSON: `api_key`, `credentials.api_key`,
   * `gen_ai.input.messages[*].parts[*].content`, `*.authorization`, `gen_ai.tool.call.arguments.**.ssn`,
   * `messages[role=user]`. A path may begin anywhere, and names the value it ends at.
   */
  readonly fields: readonly string[];
  /** @defaultValue what the mode makes of it */
  readonly replacement?: Replacement;
}

/** A rule of one's own, beside the detectors. */
export type RedactionRule = PatternRule | FieldRule;
