/** Something in a text that is to be redacted. */
export interface RedactionMatch {
  /** The detector's name, or that of a rule. */
  readonly detector: string;
  /** Index of its first UTF-16 code unit. */
  readonly start: number;
  /** Index behind its last one. */
  readonly end: number;
}
