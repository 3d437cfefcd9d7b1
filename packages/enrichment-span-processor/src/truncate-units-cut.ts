import { applyEdits } from './json-edit.js';
import type { JsonEdit } from './json-edit.js';
import { byteLength } from './truncate-bytes.js';
import { cutJsonString } from './truncate-json-string.js';
import { cutNote } from './truncate-notes.js';
import { MIN_SHARE, shareFor } from './truncate-share.js';
import { cutTail } from './truncate-tail.js';
import type { TruncateTally } from './truncate-tally.js';
import { findUnits } from './truncate-units.js';
import type { CutUnit } from './truncate-units.js';

/** The text with its longest parts cut so that `excess` bytes are saved; `undefined` when they would get too short. */
export function cutUnits(
  text: string,
  units: readonly CutUnit[],
  excess: number,
  tally: TruncateTally,
): string | undefined {
  const share = shareFor(
    units.map(({ bytes }) => bytes),
    excess,
  );
  if (share === undefined) return undefined;
  // Of media a short note is left, which leaves room for texts.
  const isGone = (unit: CutUnit): boolean => unit.kind === 'media' && unit.bytes > share;
  const saved = units.filter(isGone).reduce((sum, { bytes, note }) => sum + bytes - noteBytes(note), 0);
  const edits: JsonEdit[] = [];
  const rest = units.filter((unit) => !isGone(unit));
  const restShare =
    saved >= excess
      ? Infinity
      : shareFor(
          rest.map(({ bytes }) => bytes),
          excess - saved,
        );
  for (const unit of units) {
    const own = isGone(unit) ? share : (restShare ?? share);
    if (unit.bytes > own) edits.push(editOf(text, unit, own, tally));
  }
  return applyEdits(text, edits);
}

/** The text with everything as short as it gets, and if that is too long, without its end. */
export function cutAll(text: string, units: readonly CutUnit[], limit: number, tally: TruncateTally): string {
  const edits = units.filter(({ bytes }) => bytes > MIN_SHARE).map((unit) => editOf(text, unit, MIN_SHARE, tally));
  const short = applyEdits(text, edits);
  return byteLength(short) <= limit ? short : cutTail(short, limit);
}

function editOf(text: string, unit: CutUnit, share: number, tally: TruncateTally): JsonEdit {
  const { start, end } = unit;
  return { start, end, text: shortOf(text.slice(start, end), unit, share, tally) };
}

function shortOf(raw: string, { kind, note, bytes }: CutUnit, share: number, tally: TruncateTally): string {
  switch (kind) {
    case 'text':
      return cutJsonString(raw, share);
    case 'media':
      tally.blobs += 1;
      return note ?? '""';
    case 'schema':
      return cutSchema(raw, bytes, share, tally);
    case 'whole':
      return cutContainer(raw, share, tally);
  }
}

/** An object or array of any shape, of which everything may be cut. */
function cutContainer(raw: string, limit: number, tally: TruncateTally): string {
  const units = findUnits(raw, 'any') ?? [];
  return cutUnits(raw, units, byteLength(raw) - limit, tally) ?? cutAll(raw, units, limit, tally);
}

/** Half a schema is none: its descriptions are cut, or else it only says how long it was. */
function cutSchema(raw: string, bytes: number, limit: number, tally: TruncateTally): string {
  const cut = cutUnits(raw, findUnits(raw, 'any') ?? [], bytes - limit, tally);
  return cut ?? JSON.stringify({ description: cutNote(bytes) });
}

function noteBytes(note: string | undefined): number {
  return note === undefined ? 2 : byteLength(note);
}
