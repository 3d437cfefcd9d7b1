import type { AttributeValue } from '@opentelemetry/api';
import type { Dialect, MappingSource, ScalarRow } from './dialect.js';
import type { FactName, ScalarFactName } from './facts.js';
import type { GenAIRecord } from './genai-record.js';
import type { MappingTarget } from './mapping-target.js';
import { readerOf } from './scalar-types.js';
import type { ReadScalar, Scalar } from './scalar-types.js';
import type { Understood } from './understood.js';

const NOT_READABLE = 'its value is not of the type that the dialect gives it';

interface ReadRow {
  readonly key: string;
  readonly fact: ScalarFactName;
  readonly read: ReadScalar;
  /** Place in the table, where several rows read the same fact and the first one wins. */
  readonly rank: number | undefined;
}

interface WriteRow {
  readonly key: string;
  readonly fact: ScalarFactName;
  /** The same in a list. */
  readonly facts: readonly ScalarFactName[];
  readonly write: ((value: Scalar) => AttributeValue | undefined) | undefined;
}

/** A dialect whose table is made ready to be looked up: reading is one pass over the attributes that are there. */
export class CompiledDialect {
  /** Why most of what is lost is lost. */
  readonly noPlace: string;
  readonly #readRows = new Map<string, ReadRow[]>();
  readonly #writeRows = new Map<FactName, WriteRow[]>();
  /** Rows that share an attribute with another, in the order of the table. */
  readonly #sharedWriteRows: readonly WriteRow[];

  /** @param index - its place in the list of dialects */
  constructor(
    readonly dialect: Dialect,
    readonly index: number,
  ) {
    this.noPlace = `${dialect.name} has no place for it`;
    const readable = dialect.scalars.filter(({ direction }) => direction !== 'write');
    const writable = dialect.scalars.filter(({ direction }) => direction !== 'read');
    const readsOf = countBy(readable, ({ fact }) => fact);
    const writesOf = countBy(writable, ({ key }) => key);
    readable.forEach(({ key, fact, read }, place) => {
      const rank = readsOf.get(fact) === 1 ? undefined : place;
      append(this.#readRows, key, { key, fact, read: read ?? readerOf(fact), rank });
    });
    const rows = writable.map(toWriteRow);
    this.#sharedWriteRows = rows.filter(({ key }) => writesOf.get(key) !== 1);
    for (const row of rows) if (writesOf.get(row.key) === 1) append(this.#writeRows, row.fact, row);
  }

  /**
   * Reads all that a span says in this dialect.
   *
   * @param understood - what was understood so far; what an earlier dialect has understood is not read again by the table
   */
  read(source: MappingSource, record: GenAIRecord, understood: Understood): void {
    const bit = 1 << this.index;
    const consume = (key: string): void => void understood.add(key, bit);
    record.startReading(this.index);
    let ranked: { row: ReadRow; value: Scalar }[] | undefined;
    const { keys } = understood;
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] ?? '';
      const rows = this.#readRows.get(key);
      if (rows === undefined || understood.isAnyAt(at)) continue;
      const attribute = source.attributes[key];
      if (attribute === undefined || attribute === null) continue;
      understood.addAt(at, bit);
      for (const row of rows) {
        const value = row.read(attribute);
        if (value === undefined) record.lose(key, NOT_READABLE);
        else if (row.rank === undefined) record.set(row.fact, value, key);
        else (ranked ??= []).push({ row, value });
      }
    }
    ranked?.sort((a, b) => (a.row.rank ?? 0) - (b.row.rank ?? 0));
    for (const { row, value } of ranked ?? []) record.set(row.fact, value, row.key);
    this.dialect.read?.(source, record, consume);
  }

  /** Writes all that is known in this dialect. */
  write(record: GenAIRecord, target: MappingTarget): void {
    for (const name of record.names()) {
      const rows = this.#writeRows.get(name);
      if (rows !== undefined) for (const row of rows) writeRow(row, record, target);
    }
    for (const row of this.#sharedWriteRows) writeRow(row, record, target);
    this.dialect.write?.(record, target);
  }
}

function writeRow({ key, fact, facts, write }: WriteRow, record: GenAIRecord, target: MappingTarget): void {
  const known = record.get(fact);
  if (known === undefined) return;
  const value = write === undefined ? copyOf(known) : write(known);
  if (value !== undefined) target.writeFor(facts, key, value);
}

function copyOf(value: Scalar): AttributeValue {
  return typeof value === 'object' ? [...value] : value;
}

function toWriteRow({ key, fact, write }: ScalarRow): WriteRow {
  return { key, fact, facts: [fact], write: write as WriteRow['write'] };
}

function countBy<Row>(rows: readonly Row[], by: (row: Row) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(by(row), (counts.get(by(row)) ?? 0) + 1);
  return counts;
}

function append<Key, Row>(rows: Map<Key, Row[]>, key: Key, row: Row): void {
  const list = rows.get(key);
  if (list === undefined) rows.set(key, [row]);
  else list.push(row);
}
