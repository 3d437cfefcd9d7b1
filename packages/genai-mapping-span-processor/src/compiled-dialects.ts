import { CompiledDialect } from './compiled-dialect.js';
import type { DialectName } from './dialect-name.js';
import { DIALECTS } from './dialects.js';

/** All dialects, ready to use, in the order in which they are read. */
export const COMPILED_DIALECTS: readonly CompiledDialect[] = DIALECTS.map(
  (dialect, index) => new CompiledDialect(dialect, index),
);

const BY_NAME: ReadonlyMap<string, CompiledDialect> = new Map(
  COMPILED_DIALECTS.map((compiled) => [compiled.dialect.name, compiled]),
);

/** The dialects of these names, those that there are. */
export function dialectsOf(names: readonly DialectName[]): CompiledDialect[] {
  return names.flatMap((name) => BY_NAME.get(name) ?? []);
}
