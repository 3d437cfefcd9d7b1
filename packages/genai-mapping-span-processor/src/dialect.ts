import type { AttributeValue } from '@opentelemetry/api';
import type { DialectName } from './dialect-name.js';
import type { ScalarFactName } from './facts.js';
import type { GenAIRecord } from './genai-record.js';
import type { MappingTarget } from './mapping-target.js';

/** An event of the span, or a log record of its: `body` is that of a log record. */
export interface MappedEvent {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What is read: the attributes of a span and what else is known about it. */
export interface MappingSource {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly MappedEvent[];
  /** Name of the instrumentation scope. */
  readonly scopeName?: string | undefined;
  readonly spanName?: string | undefined;
  /** Start of the span in milliseconds since 1970, for times that a dialect counts otherwise. */
  readonly startTimeMillis?: number | undefined;
  /** Whether the span has no parent in its process: some dialects have names for roots only. */
  readonly isLocalRoot?: boolean | undefined;
}

/**
 * One attribute that holds one fact.
 *
 * Where several rows of a dialect read the same fact, the first whose attribute is there wins; where several write the same
 * attribute, the last one does.
 */
export interface ScalarRow {
  readonly key: string;
  readonly fact: ScalarFactName;
  /** @defaultValue `'both'` */
  readonly direction?: 'both' | 'read' | 'write';
  /** From the attribute to the fact; `undefined`: not readable. @defaultValue the value, if it is of the fact's type */
  readonly read?: (value: unknown) => string | number | boolean | readonly string[] | undefined;
  /** From the fact to the attribute; `undefined`: no place for this value. @defaultValue the value */
  readonly write?: (value: never) => AttributeValue | undefined;
}

/** A dialect: its names as data, its shapes as two functions. Adding one is one file and one line in `dialects.ts`. */
export interface Dialect {
  readonly name: DialectName;
  /**
   * Beginnings of the keys (and of the names of events) that belong to it. What is under them and not understood is reported
   * as lost, what is carried goes away when a span is translated in mode `replace`. A span with none of them does not speak
   * the dialect.
   */
  readonly prefixes: readonly string[];
  /** Whether a span speaks it. Called with spans that may be anything. Cheap: looks at a few keys. */
  readonly detect: (source: MappingSource) => boolean;
  /**
   * Whether what a span that speaks it has under the names of the current conventions is this dialect's own, and needs mending:
   * then it is read before them. @defaultValue never
   */
  readonly mends?: (source: MappingSource) => boolean;
  readonly scalars: readonly ScalarRow[];
  /**
   * Reads what is more than one attribute for one fact, or depends on others. After the scalars.
   *
   * @param consume - to be told of each key, or name of an event, that was understood
   */
  readonly read?: (source: MappingSource, record: GenAIRecord, consume: (key: string) => void) => void;
  /** Writes the same. After the scalars. */
  readonly write?: (record: GenAIRecord, target: MappingTarget) => void;
}
