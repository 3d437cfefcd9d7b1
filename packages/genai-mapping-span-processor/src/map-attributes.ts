import type { AttributeValue } from '@opentelemetry/api';
import type { MappedEvent, MappingSource } from './dialect.js';
import { DIALECTS } from './dialects.js';
import type { DialectName } from './dialect-name.js';
import { GenAIRecord } from './genai-record.js';
import type { Loss } from './genai-record.js';
import { MappingTarget } from './mapping-target.js';
import { readDialect, writeDialect } from './scalar-table.js';

/** Options of {@link mapAttributes}. */
export interface MapAttributesOptions {
  /** @defaultValue `'auto'`: all dialects that the attributes speak */
  readonly from?: DialectName | 'auto';
  readonly to: DialectName | readonly DialectName[];
  /**
   * `add`: what is written comes beside what is there, and never in its place. `replace`: what was carried over goes away.
   * @defaultValue `'add'`
   */
  readonly mode?: 'add' | 'replace';
  /** Events of the span and log records of its. */
  readonly events?: readonly MappedEvent[];
  readonly scopeName?: string;
  readonly spanName?: string;
  /** Start of the span, milliseconds since 1970. */
  readonly startTimeMillis?: number;
  readonly isLocalRoot?: boolean;
}

/** What {@link mapAttributes} returns. */
export interface MappedAttributes {
  /** The dialects that were read. */
  readonly from: readonly DialectName[];
  /** All attributes after the mapping, those that were not touched among them. */
  readonly attributes: Record<string, AttributeValue>;
  /** Events after the mapping. */
  readonly events: readonly MappedEvent[];
  /** What could not be carried over, or not all of it. */
  readonly lost: readonly Loss[];
}

/** Translates attributes from one dialect, or all that they speak, into others. Never throws; what it does not know passes. */
export function mapAttributes(
  attributes: Readonly<Record<string, unknown>>,
  options: MapAttributesOptions,
): MappedAttributes {
  const source: MappingSource = { ...options, attributes, events: options.events ?? [] };
  const { from = 'auto', to, mode = 'add' } = options;
  const spoken = DIALECTS.filter((dialect) => (from === 'auto' ? dialect.detect(source) : dialect.name === from));
  const record = new GenAIRecord();
  for (const dialect of spoken) readDialect(dialect, source, record);
  const result: Record<string, AttributeValue> = { ...(attributes as Record<string, AttributeValue>) };
  const events = [...source.events];
  const lost = [...record.losses];
  for (const name of typeof to === 'string' ? [to] : to) {
    const dialect = DIALECTS.find((candidate) => candidate.name === name);
    if (dialect === undefined || spoken.includes(dialect)) continue;
    const target = new MappingTarget(source, record);
    writeDialect(dialect, record, target);
    lost.push(...target.losses);
    events.push(...target.events);
    for (const [key, value] of Object.entries(target.attributes)) if (!(key in result)) result[key] = value;
    if (mode === 'replace') {
      for (const fact of record.names()) {
        if (target.isCarried(fact))
          for (const key of record.sourcesOf(fact)) if (!(key in target.attributes)) delete result[key];
      }
    }
  }
  return { from: spoken.map(({ name }) => name), attributes: result, events, lost };
}
