import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';

const NANOS_PER_MILLI = 1e6;
const NANOS_PER_SECOND = 1e9;
/** Milliseconds, by version and kind of operation; the last two in the event of this name. */
const KEYS = ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'] as const;
const EVENT = 'ai.stream.firstChunk';

/** Reads how long the first piece of the answer took, from the span or from its event. */
export function readVercelTimes(source: MappingSource, record: GenAIRecord, consume: (key: string) => void): void {
  for (const key of KEYS) {
    const value = source.attributes[key];
    if (value === undefined) continue;
    consume(key);
    set(value, record, key);
  }
  for (const { name, attributes } of source.events) {
    if (name !== EVENT || attributes === undefined) continue;
    consume(EVENT);
    for (const key of KEYS) if (attributes[key] !== undefined) set(attributes[key], record, EVENT);
  }
}

function set(value: unknown, record: GenAIRecord, source: string): void {
  const seconds = toSeconds(value);
  if (seconds === undefined) record.lose(source, 'it is no time');
  else record.set('gen_ai.response.time_to_first_chunk', seconds, source);
}

/** Milliseconds in seconds, to the nanosecond, so that the way back leads to the same number. */
export function toSeconds(millis: unknown): number | undefined {
  if (typeof millis !== 'number' || !Number.isFinite(millis)) return undefined;
  return Math.round(millis * NANOS_PER_MILLI) / NANOS_PER_SECOND;
}

/** Seconds in milliseconds, to the nanosecond. */
export function toMillis(seconds: number): number {
  return Math.round(seconds * NANOS_PER_SECOND) / NANOS_PER_MILLI;
}
