import type { ENVIRONMENT_TABLE } from './environment-table.js';
import type { Variable } from './variable.js';

type Table = typeof ENVIRONMENT_TABLE;

type Section<Rows> = {
  readonly [Option in keyof Rows]: Rows[Option] extends Variable<infer T> ? T : never;
};

/**
 * Every setting of a genspan process, complete and frozen: defaults are filled in, nothing is optional.
 *
 * Its sections and options are those of the table of variables, so neither can have one that the other lacks.
 */
export type ConfigurationModel = { readonly [Name in keyof Table]: Section<Table[Name]> };
