import { ATTR_ERROR_TYPE, ERROR_TYPE_VALUE_OTHER } from '@genspan/semconv';
import type { AttributeValue } from '@opentelemetry/api';
import { braintrustSpan } from './braintrust-span.js';
import type { BraintrustSpan } from './braintrust-span.js';
import { braintrust } from './dialects/braintrust.js';
import type { MappedEvent } from './dialect.js';
import type { Loss } from './loss.js';
import { mapAttributes } from './map-attributes.js';
import { readContentField, readMembers, readTexts } from './shapes/braintrust-fields.js';
import { isFields, jsonOf } from './shapes/json.js';

type Members = Record<string, unknown>;

/** One span as Braintrust keeps it, exports it and takes it in. All times in seconds since 1970. */
export interface BraintrustRow {
  id?: string;
  span_id?: string;
  root_span_id?: string;
  /** Ids of the spans around it; none for the root of a trace. */
  span_parents?: readonly string[];
  /** ISO 8601. */
  created?: string;
  input?: unknown;
  output?: unknown;
  expected?: unknown;
  error?: unknown;
  /** From 0 to 1, by the name of what was scored. */
  scores?: Readonly<Record<string, number | null>>;
  metadata?: Readonly<Record<string, unknown>>;
  metrics?: Readonly<Record<string, number>>;
  tags?: readonly string[];
  span_attributes?: { readonly name?: string; readonly type?: string; readonly [field: string]: unknown };
}

/** What {@link toBraintrustRow} returns. */
export interface ToBraintrustRow {
  readonly row: BraintrustRow;
  /** What could not be carried over, or not all of it. */
  readonly lost: readonly Loss[];
}

/** What {@link fromBraintrustRow} returns. Ids are as the row has them: those of older rows are UUIDs. */
export interface FromBraintrustRow extends Required<Pick<BraintrustSpan, 'attributes' | 'events'>> {
  readonly name?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  /** Milliseconds since 1970. */
  readonly startTimeMillis?: number;
  /** Milliseconds since 1970. */
  readonly endTimeMillis?: number;
  readonly status: { readonly code: 0 | 1 | 2; readonly message?: string };
  /**
   * In the names of the current GenAI conventions. What has none of these keeps Braintrust's: `braintrust.expected`, and
   * what was given to a span or answered by it when it is not messages.
   */
  readonly attributes: Record<string, AttributeValue>;
  readonly events: readonly MappedEvent[];
  /** The fields of the row that could not be carried over, or not all of them. */
  readonly lost: readonly Loss[];
}

/**
 * Makes the row of a span, whichever dialects it speaks. Attributes that are not about GenAI go among the metadata, as they do
 * when Braintrust takes in a span by OTLP. Attributes and events may be anything.
 *
 * @param span - an ended span of any SDK, or what is known of one
 * @see Braintrust's guide to custom tracing, "Importing and exporting spans"
 */
export function toBraintrustRow(span: BraintrustSpan): ToBraintrustRow {
  const plain = braintrustSpan(span);
  const { spanId, traceId, parentSpanId, startTimeMillis, endTimeMillis, name, error } = plain;
  const mapped = mapAttributes(plain.attributes, { ...plain.about, to: 'braintrust', mode: 'replace' });
  const { attributes } = mapped;
  const membersOf = (field: string): Members | undefined => readMembers(attributes, `braintrust.${field}`)?.value;
  const metadata: Members = Object.assign(Object.create(null) as Members, membersOf('metadata'));
  for (const key of Object.keys(attributes)) {
    if (!hasField(key) && !(key in metadata)) metadata[key] = attributes[key];
  }
  const times = { ...seconds('start', startTimeMillis), ...seconds('end', endTimeMillis) };
  const row = {
    ...(spanId === undefined ? {} : { id: spanId, span_id: spanId }),
    ...(traceId === undefined ? {} : { root_span_id: traceId }),
    ...(spanId === undefined ? {} : { span_parents: parentSpanId === undefined ? [] : [parentSpanId] }),
    ...(startTimeMillis === undefined ? {} : { created: new Date(startTimeMillis).toISOString() }),
    ...contentOf('input', attributes),
    ...contentOf('output', attributes),
    ...contentOf('expected', attributes),
    ...(error === undefined ? {} : { error }),
    ...withMembers('scores', membersOf('scores')),
    ...withMembers('metadata', metadata),
    ...withMembers('metrics', { ...membersOf('metrics'), ...times }),
    ...(attributes['braintrust.tags'] === undefined ? {} : { tags: readTexts(attributes['braintrust.tags']) ?? [] }),
    ...withMembers('span_attributes', { ...(name === undefined ? {} : { name }), ...membersOf('span_attributes') }),
  };
  // What is among the metadata just as it was is not lost.
  return { row, lost: mapped.lost.filter(({ attribute }) => !(attribute in metadata && attribute in attributes)) };
}

/**
 * Makes a span of a row, whose fields may be anything that JSON can hold. Where it belongs in Braintrust (`project_id`,
 * `log_id` …) is no part of the span.
 */
export function fromBraintrustRow(row: BraintrustRow): FromBraintrustRow {
  const fields = isFields(row) ? row : {};
  const { metrics, error, span_parents: parents, created } = fields;
  const { start, end, ...counts } = isFields(metrics) ? metrics : ({} as Members);
  const written = attributesOf(fields, counts);
  const mapped = mapAttributes(written, { from: 'braintrust', to: 'genai', mode: 'replace' });
  const { attributes } = mapped;
  const lost = mapped.lost.map((loss) => ({ ...loss, attribute: fieldOf(loss.attribute) }));
  const hasFailed = error !== undefined && error !== null;
  if (hasFailed && attributes[ATTR_ERROR_TYPE] === undefined) attributes[ATTR_ERROR_TYPE] = ERROR_TYPE_VALUE_OTHER;
  for (const field of Object.keys(fields)) {
    if (!FIELDS.has(field)) lost.push({ attribute: field, reason: 'a span has no place for it' });
  }
  if (Array.isArray(parents) && parents.length > 1) {
    lost.push({ attribute: 'span_parents', reason: 'a span has one parent' });
  }
  const startTimeMillis = millis(start) ?? dateOf(created);
  const endTimeMillis = millis(end);
  const about = isFields(fields.span_attributes) ? fields.span_attributes : {};
  return {
    ...text('name', about['name']),
    ...text('traceId', fields.root_span_id),
    ...text('spanId', fields.span_id ?? fields.id),
    ...text('parentSpanId', Array.isArray(parents) ? parents[0] : undefined),
    ...(startTimeMillis === undefined ? {} : { startTimeMillis }),
    ...(endTimeMillis === undefined ? {} : { endTimeMillis }),
    status: hasFailed ? { code: 2, message: typeof error === 'string' ? error : jsonOf(error) } : { code: 0 },
    attributes,
    events: mapped.events,
    lost,
  };
}

const FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'span_id', 'root_span_id', 'span_parents', 'created', 'input', 'output', 'expected', 'error', 'scores'],
  ...['metadata', 'metrics', 'tags', 'span_attributes'],
]);

/** Whether an attribute has a field of the row, under whatever name it has that. */
function hasField(key: string): boolean {
  return TOLD.has(key) || TOLD_PREFIXES.some((prefix) => key.startsWith(prefix));
}

const TOLD: ReadonlySet<string> = new Set(['genspan.tags', 'genspan.usage.cost_usd']);
const TOLD_PREFIXES: readonly string[] = ['braintrust.', 'genspan.metadata.', ...braintrust.prefixes];

/** The row in the attributes of Braintrust's dialect. */
function attributesOf(row: BraintrustRow, counts: Members): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  const put = (key: string, value: unknown): void => {
    if (value !== undefined && value !== null) attributes[`braintrust.${key}`] = jsonOf(value);
  };
  put('input_json', row.input);
  put('output_json', row.output);
  put('expected', row.expected);
  put('scores', row.scores);
  put('metadata', row.metadata);
  if (Object.keys(counts).length > 0) put('metrics', counts);
  if (isFields(row.span_attributes)) {
    const { exec_counter: _order, ...about } = row.span_attributes;
    put('span_attributes', about);
  }
  if (Array.isArray(row.tags)) put('tags', row.tags);
  return attributes;
}

function fieldOf(attribute: string): string {
  return attribute.replace(/^braintrust\./, '').replace(/_json$/, '');
}

function contentOf(field: 'input' | 'output' | 'expected', attributes: Members): Partial<BraintrustRow> {
  const found = readContentField(attributes, `braintrust.${field}`);
  return found === undefined ? {} : { [field]: found.value };
}

function withMembers(field: string, members: Members | undefined): Members {
  return members === undefined || Object.keys(members).length === 0 ? {} : { [field]: { ...members } };
}

function seconds(name: 'start' | 'end', time: number | undefined): Members {
  return time === undefined ? {} : { [name]: time / 1000 };
}

function millis(time: unknown): number | undefined {
  return typeof time === 'number' && Number.isFinite(time) ? time * 1000 : undefined;
}

function dateOf(time: unknown): number | undefined {
  const date = typeof time === 'string' ? Date.parse(time) : NaN;
  return Number.isNaN(date) ? undefined : date;
}

function text<Name extends string>(name: Name, value: unknown): { [Key in Name]?: string } {
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [Key in Name]: string }) : {};
}
