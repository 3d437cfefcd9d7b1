import { closestName } from './closest-name.js';
import type { ConfigurationModel } from './configuration-model.js';
import type { ConfigurationProblem } from './configuration-problem.js';
import { ENVIRONMENT_TABLE, environmentRows } from './environment-table.js';
import type { VariableType } from './variable-type.js';
import type { Variable } from './variable.js';
import { READ_BY_SDK } from './variables/read-by-sdk.js';

/** The prefix of our own variables, in which a misspelt name can be told. */
const OUR_PREFIX = 'OTEL_GENSPAN_';

/** A refused text longer than this is not repeated: it may be a key that ended up in the wrong variable. */
const MAX_ECHOED_LENGTH = 32;

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What {@link readEnvironment} found. */
export interface EnvironmentReading {
  readonly model: ConfigurationModel;
  readonly problems: readonly ConfigurationProblem[];
  /**
   * For each refused variable the text to put in its place for readers who come later (the SDK reads some itself), so
   * that they do not stumble over it again. `undefined`: leave it out.
   */
  readonly corrections: ReadonlyMap<string, string | undefined>;
}

/**
 * Turns the environment into the configuration model.
 *
 * Unset and empty variables mean the default. A text that is not of the variable's type is a problem, never an
 * exception: the option takes its default (a list: its valid part) and everything else applies. So is a variable that
 * starts with `OTEL_GENSPAN_` and is not in the table.
 *
 * @param environment - it is only read; @defaultValue `process.env`
 */
export function readEnvironment(environment: Environment = process.env): EnvironmentReading {
  const reader = new Reader(environment);
  const model = Object.fromEntries(
    Object.entries(ENVIRONMENT_TABLE).map(([section, rows]) => [section, reader.readSection(rows)]),
  );
  reader.checkVariablesOfSdk();
  reader.findMisspelt();
  return {
    // The table's type is where the model's type comes from, so what was read from its rows is a model.
    model: Object.freeze(model) as ConfigurationModel,
    problems: Object.freeze(reader.problems),
    corrections: reader.corrections,
  };
}

class Reader {
  readonly problems: ConfigurationProblem[] = [];
  readonly corrections = new Map<string, string | undefined>();

  constructor(private readonly environment: Environment) {}

  readSection(rows: Readonly<Record<string, Variable<unknown>>>): Readonly<Record<string, unknown>> {
    return Object.freeze(
      Object.fromEntries(Object.entries(rows).map(([option, row]) => [option, freezeList(this.#read(row))])),
    );
  }

  #read(row: Variable<unknown>): unknown {
    if (row.uncheckedWhen?.((name) => this.#textOf(name)) === true) return row.default;
    const names = row.generalName === undefined ? [row.name] : [row.name, row.generalName];
    for (const name of names) {
      const text = this.#textOf(name);
      if (text === undefined) continue;
      const value = row.type.parse(text) ?? this.#refuse(name, text, row.type, row.type.format(row.default));
      if (value !== undefined) return value;
    }
    return row.default;
  }

  checkVariablesOfSdk(): void {
    for (const { name, type, default: instead, uncheckedWhen } of READ_BY_SDK) {
      const text = this.#textOf(name);
      if (text === undefined || uncheckedWhen?.((other) => this.#textOf(other)) === true) continue;
      if (type.parse(text) === undefined) this.#refuse(name, text, type, instead);
    }
  }

  findMisspelt(): void {
    const known = environmentRows().map(({ variable }) => variable.name);
    for (const name of Object.keys(this.environment)) {
      if (!name.startsWith(OUR_PREFIX) || known.includes(name)) continue;
      const meant = closestName(name, known);
      this.problems.push({
        variable: name,
        expected: 'a variable that genspan knows',
        got: meant === undefined ? 'an unknown name' : `an unknown name (did you mean ${meant}?)`,
        consequence: 'it is ignored',
      });
    }
  }

  /** Notes the problem; returns what can be saved of a list. */
  #refuse<T>(name: string, text: string, type: VariableType<T>, instead: string): T | undefined {
    const saved = type.salvage?.(text);
    // A name for all signals is read for each, and is wrong once.
    if (this.corrections.has(name)) return saved;
    const replacement = saved === undefined ? undefined : type.format(saved);
    const used = replacement ?? instead;
    this.corrections.set(name, replacement);
    this.problems.push({
      variable: name,
      expected: type.expected,
      got: type.describe?.(text) ?? echo(text),
      consequence: used === '' ? 'it is ignored' : `using ${used}`,
    });
    return saved;
  }

  #textOf(name: string): string | undefined {
    const text = this.environment[name]?.trim();
    return text === '' ? undefined : text;
  }
}

function echo(text: string): string {
  return text.length > MAX_ECHOED_LENGTH ? `${text.length} characters` : JSON.stringify(text);
}

function freezeList(value: unknown): unknown {
  return Array.isArray(value) ? Object.freeze([...(value as unknown[])]) : value;
}
