import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import type { FactReader } from './fact-reader.js';
import { parseJson } from './json.js';

const KEY = 'langfuse.observation.completion_start_time';
const FACT = 'gen_ai.response.time_to_first_chunk';
/** The last date that there is, in milliseconds since 1970. */
const MAX_MILLIS = 8.64e15;

/** Writes when the first chunk came, to a microsecond: Langfuse wants the time itself, not how long it took. */
export function writeCompletionStart(record: GenAIRecord, target: MappingTarget): void {
  const seconds = record.get(FACT);
  if (seconds === undefined) return;
  const { startTimeMillis } = target.source;
  const millis = startTimeMillis === undefined ? NaN : startTimeMillis + seconds * 1000;
  if (!(Math.abs(millis) < MAX_MILLIS)) {
    target.lose(FACT, 'the time at which the span began is not known');
    return;
  }
  const whole = Math.floor(millis);
  const micros = Math.min(999, Math.round((millis - whole) * 1000));
  const iso = new Date(whole).toISOString();
  target.write(KEY, micros === 0 ? iso : `${iso.slice(0, -1)}${String(micros).padStart(3, '0')}Z`, FACT);
}

/** Reads how long the first chunk took. Older SDKs write the time with quotes around it. */
export function readCompletionStart({ attributes, source, record, consume }: FactReader): void {
  const value = attributes[KEY];
  const text = typeof value === 'string' && value.startsWith('"') ? parseJson(value) : value;
  const millis = typeof text === 'string' ? millisOf(text) : NaN;
  if (Number.isNaN(millis)) return;
  consume(KEY);
  const { startTimeMillis } = source;
  const seconds = startTimeMillis === undefined ? NaN : (millis - startTimeMillis) / 1000;
  if (seconds >= 0) record.set(FACT, Math.round(seconds * 1e6) / 1e6, KEY);
  else record.lose(KEY, 'the time at which the span began is not known, or is later');
}

/** Milliseconds since 1970 with the microseconds that dates of JavaScript have no room for. */
function millisOf(iso: string): number {
  const digits = /\.\d{3}(\d{1,6})/.exec(iso.slice(0, 64))?.[1];
  return Date.parse(iso) + (digits === undefined ? 0 : Number(`0.${digits}`));
}
