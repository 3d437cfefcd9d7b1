/** What an event (a log record with a name) of the conventions is. */
export interface EventDescriptor {
  readonly name: string;
  /** Severity number of the log record, 1–24. Absent where the conventions name none. */
  readonly severityNumber?: number;
  /** Severity text that goes with the number. */
  readonly severityText?: string;
  /** Attributes that the conventions put on the event; an attribute with a key at its end (`…prompt.variable`) is listed without the key. */
  readonly attributes: readonly string[];
}
