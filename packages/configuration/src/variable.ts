import type { VariableType } from './variable-type.js';

/** Gives the trimmed text of a variable that is set. */
export type TextOf = (name: string) => string | undefined;

/** One environment variable that fills one option of the model. */
export interface Variable<T> {
  /** The standard name (`OTEL_…`), or ours: `OTEL_GENSPAN_<STAGE>_<OPTION>`. */
  readonly name: string;
  /** A name that counts when `name` is not set: that of an OTLP variable for all signals. */
  readonly generalName?: string;
  readonly type: VariableType<T>;
  /** The value when the variable is unset, empty or refused. */
  readonly default: NoInfer<T>;
  /** One sentence for the options table, with the unit. */
  readonly description: string;
  /** For a variable whose meaning depends on another one: when it is not ours to read. The option takes its default. */
  readonly uncheckedWhen?: (textOf: TextOf) => boolean;
}

/** One standard variable that the OpenTelemetry SDK reads itself; here it is only checked. */
export interface CheckedVariable {
  readonly name: string;
  readonly type: VariableType<unknown>;
  /** What the SDK does when the variable is not set, for the message. */
  readonly default: string;
  /** For variables whose meaning depends on another one. */
  readonly uncheckedWhen?: (textOf: TextOf) => boolean;
}

/** A row of the table; infers the value's type. */
export function variable<T>(row: Variable<T>): Variable<T> {
  return row;
}
