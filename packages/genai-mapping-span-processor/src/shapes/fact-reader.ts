import type { MappingSource } from '../dialect.js';
import type { FactName, Facts } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';

/** Reads facts out of attributes, and notes which attributes each of them came from. */
export class FactReader {
  readonly attributes: Readonly<Record<string, unknown>>;

  constructor(
    readonly source: MappingSource,
    readonly record: GenAIRecord,
    readonly consume: (key: string) => void,
  ) {
    this.attributes = source.attributes;
  }

  /** Takes over a fact that one attribute holds, if it can be read. */
  fact<Name extends FactName>(fact: Name, key: string, read: (value: unknown) => Facts[Name] | undefined): void {
    const attribute = this.attributes[key];
    const value = attribute === undefined || attribute === null ? undefined : read(attribute);
    if (value === undefined) return;
    this.consume(key);
    this.record.set(fact, value, key);
  }

  /**
   * Takes over a fact that many attributes hold.
   *
   * @param read - tells each attribute that it understood
   * @returns whether there was one
   */
  found<Name extends FactName>(fact: Name, read: (found: (key: string) => void) => Facts[Name] | undefined): boolean {
    const sources: string[] = [];
    const value = read((key) => {
      sources.push(key);
      this.consume(key);
    });
    if (value !== undefined) this.record.set(fact, value, ...sources);
    return value !== undefined;
  }
}
