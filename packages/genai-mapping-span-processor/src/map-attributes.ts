import type { AttributeValue } from '@opentelemetry/api';
import { copyAttributes } from './copy-attributes.js';
import type { MappedEvent } from './dialect.js';
import type { DialectName } from './dialect-name.js';
import type { Loss } from './loss.js';
import { Mapping } from './mapping.js';
import { parseMapOptions } from './parse-map-options.js';
import type { MappingOptions } from './parse-map-options.js';

/** Options of {@link mapAttributes}: what to do, and what is known of the span besides its attributes. */
export interface MapAttributesOptions extends MappingOptions {
  /** Events of the span and log records of its. */
  readonly events?: readonly MappedEvent[];
  /** Name of the instrumentation scope. */
  readonly scopeName?: string;
  readonly spanName?: string;
  /** Start of the span, milliseconds since 1970. */
  readonly startTimeMillis?: number;
  /** Whether the span has no parent in its process. */
  readonly isLocalRoot?: boolean;
}

/** What {@link mapAttributes} returns. */
export interface MappedAttributes {
  /** The dialects that were read. */
  readonly from: readonly DialectName[];
  /** All attributes after the mapping, those that were not touched among them. */
  readonly attributes: Record<string, AttributeValue>;
  /** All events after the mapping. */
  readonly events: readonly MappedEvent[];
  /** What could not be carried over, or not all of it; each once. */
  readonly lost: readonly Loss[];
  /** What failed, as `read openinference`; empty unless attributes throw when they are read, or genspan has a defect. */
  readonly failed: readonly string[];
}

const ABOUT_THE_SPAN = ['events', 'scopeName', 'spanName', 'startTimeMillis', 'isLocalRoot'] as const;

/**
 * Translates attributes from one dialect, or all that they speak, into others. What it does not know passes; what it is given
 * is not written on.
 *
 * @throws OptionError when an option is wrong. Attributes and events may be anything.
 */
export function mapAttributes(
  attributes: Readonly<Record<string, unknown>>,
  options: MapAttributesOptions,
): MappedAttributes {
  const mapping = new Mapping(parseMapOptions(options, ABOUT_THE_SPAN));
  const failed = new Set<string>();
  const onFailure = (operation: string, dialect?: string): void =>
    void failed.add(dialect === undefined ? operation : `${operation} ${dialect}`);
  const source = { ...options, attributes, events: usableEvents(options.events) };
  let outcome;
  try {
    outcome = mapping.run(source, onFailure);
  } catch {
    onFailure('read'); // An object that does not even list its keys.
  }
  return {
    from: outcome?.from ?? [],
    attributes: outcome?.attributes ?? unchanged(attributes),
    events: outcome?.events ?? source.events,
    lost: outcome?.lost ?? [],
    failed: [...failed],
  };
}

function unchanged(attributes: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const copy = copyAttributes(Object(attributes) as Readonly<Record<string, unknown>>, () => undefined);
  return copy as Record<string, AttributeValue>;
}

/** Events as dialects expect them; others, which are none, are left out. */
function usableEvents(events: unknown): readonly MappedEvent[] {
  return Array.isArray(events) ? events.filter(isEvent) : [];
}

function isEvent(event: unknown): event is MappedEvent {
  try {
    return typeof event === 'object' && event !== null && 'name' in event && typeof event.name === 'string';
  } catch {
    return false;
  }
}
