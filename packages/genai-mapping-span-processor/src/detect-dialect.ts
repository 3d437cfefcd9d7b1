import { COMPILED_DIALECTS } from './compiled-dialects.js';
import type { CompiledDialect } from './compiled-dialect.js';
import { copyAttributes } from './copy-attributes.js';
import type { MappedEvent, MappingSource } from './dialect.js';
import type { DialectName } from './dialect-name.js';
import { PrefixSet } from './prefix-set.js';

/** What {@link detectDialect} may be told besides the attributes. */
export interface DetectDialectOptions {
  /** Events of the span and log records of its. */
  readonly events?: readonly MappedEvent[];
  /** Name of the instrumentation scope. */
  readonly scopeName?: string;
}

/** Told when a dialect fails on a span. */
export type OnFailure = (
  operation: 'detect' | 'read' | 'write',
  dialect: DialectName | undefined,
  error: unknown,
) => void;

const ALL_PREFIXES = new PrefixSet(COMPILED_DIALECTS.flatMap(({ dialect }) => dialect.prefixes));

/**
 * The dialects that a span speaks, in the order in which they are read: where two of them say something about the same, the
 * first is believed. Empty for a span that is not about GenAI. Never throws.
 */
export function detectDialect(
  attributes: Readonly<Record<string, unknown>>,
  options: DetectDialectOptions = {},
): DialectName[] {
  try {
    const events = Array.isArray(options.events) ? options.events : [];
    if (!maySpeak(attributes, events)) return [];
    const source = { ...options, attributes: copyAttributes(attributes, ignore), events };
    return spokenDialects(source, ignore).map(({ dialect }) => dialect.name);
  } catch {
    return []; // An object that does not even list its keys or events.
  }
}

/** Whether a span may speak any dialect, or one of `prefixes`: what tells those apart that have nothing to do with GenAI. */
export function maySpeak(
  attributes: Readonly<Record<string, unknown>>,
  events: readonly MappedEvent[],
  prefixes: PrefixSet = ALL_PREFIXES,
): boolean {
  if (prefixes.hasAnyOf(attributes)) return true;
  for (const event of events) if (prefixes.has(event.name)) return true;
  return false;
}

/** The dialects that a span speaks, in the order in which they are read. */
export function spokenDialects(source: MappingSource, onFailure: OnFailure): CompiledDialect[] {
  const first: CompiledDialect[] = [];
  const then: CompiledDialect[] = [];
  for (const compiled of COMPILED_DIALECTS) {
    const { dialect } = compiled;
    try {
      if (dialect.detect(source)) (dialect.mends?.(source) === true ? first : then).push(compiled);
    } catch (error) {
      onFailure('detect', dialect.name, error);
    }
  }
  return first.length === 0 ? then : [...first, ...then];
}

function ignore(): void {}
