import { types } from 'node:util';

/** Bytes in a structure of at most this many are kept where it is cut. */
const MAX_KEPT_BYTES = 256;
const BYTES_MARK = '\u0000bytes ';

/** More values than this make a structure unreadable, such as an array that is all gaps. */
const MAX_VALUES = 2_000_000;

/** Whether JSON of a value may have more than `limit` bytes; looked at no longer than that takes. Also what refers to itself does. */
export function mayExceed(value: unknown, limit: number): boolean {
  let left = limit;
  const open: unknown[] = [value];
  while (open.length > 0 && left >= 0) {
    const next = open.pop();
    if (typeof next === 'string') left -= next.length * 6 + 3;
    else if (typeof next !== 'object' || next === null) left -= 26;
    else if (ArrayBuffer.isView(next)) left -= next.byteLength;
    else {
      // An array with gaps may be longer than it has elements.
      left -= 3 + (Array.isArray(next) ? next.length * 2 : 0);
      for (const key of Object.keys(next)) {
        left -= key.length * 6 + 4;
        if (left < 0) return true;
        open.push(Reflect.get(next, key));
      }
    }
  }
  return left < 0;
}

/** A structured value as JSON, and back. */
export interface StructureText {
  readonly json: string;
  /** What a JSON text made of `json` stands for. */
  readonly decode: (json: string) => unknown;
}

/**
 * JSON of a structured value as SDK 3 allows them. Bytes are kept up to 256, longer ones become a note.
 *
 * @returns `undefined` when it cannot be written: it refers to itself, is nested too deeply, is huge, or throws
 */
export function structureText(value: object): StructureText | undefined {
  const kept: unknown[] = [];
  let valuesLeft = MAX_VALUES;
  const write = (_key: string, member: unknown): unknown => {
    if (--valuesLeft < 0) throw new RangeError(`Expected at most ${MAX_VALUES} values`);
    if (typeof member === 'bigint') return String(member);
    if (!types.isUint8Array(member)) return member;
    if (member.length > MAX_KEPT_BYTES) return `[${member.length} bytes cut]`;
    return `${BYTES_MARK}${kept.push(member) - 1}`;
  };
  const read = (_key: string, member: unknown): unknown => {
    if (typeof member !== 'string' || !member.startsWith(BYTES_MARK)) return member;
    return kept[Number(member.slice(BYTES_MARK.length))] ?? member;
  };
  try {
    const json: unknown = JSON.stringify(value, write);
    if (typeof json !== 'string') return undefined;
    const decode = (text: string): unknown =>
      (kept.length === 0 ? JSON.parse(text) : JSON.parse(text, read)) as unknown;
    return { json, decode };
  } catch {
    return undefined;
  }
}
