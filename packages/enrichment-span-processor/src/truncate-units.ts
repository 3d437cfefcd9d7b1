import { decodeJsonString } from './json-edit.js';
import { JsonScanner } from './json-scanner.js';
import { base64Note, dataUrlNote, isBase64 } from './truncate-media.js';
import { MIN_SHARE } from './truncate-share.js';
import { containerCut, isFixed, PART_DEPTH } from './truncate-shape.js';
import type { JsonShape } from './truncate-shape.js';

/** A part of a JSON text that can be made shorter. */
export interface CutUnit {
  readonly start: number;
  readonly end: number;
  /** Bytes in UTF-8. */
  readonly bytes: number;
  readonly kind: 'text' | 'media' | 'whole' | 'schema';
  /** JSON that takes the place of media. */
  readonly note?: string;
}

/** Members that hold base64 where they hold something that looks so. */
const BASE64_KEYS = new Set(['data', 'b64_json', 'file_data', 'base64', 'bytes', 'image_data', 'audio_data']);
/** Longer keys are none that mean something here. */
const MAX_KEY = 32;

/** The parts of a JSON text that can be made shorter, in its order; `undefined` when it is not JSON. */
export function findUnits(text: string, shape: JsonShape): readonly CutUnit[] | undefined {
  const units = findUnitsWithin(text, shape, Infinity);
  return units === 'tooMany' ? undefined : units;
}

/**
 * The same of a text that may be huge.
 *
 * @returns `tooMany` when the text has more than `maxTokens` values, keys and brackets
 */
export function findUnitsWithin(
  text: string,
  shape: JsonShape,
  maxTokens: number,
): readonly CutUnit[] | 'tooMany' | undefined {
  return new UnitSearch(text, shape, maxTokens).run();
}

class UnitSearch {
  readonly #units: CutUnit[] = [];
  readonly #text: string;
  readonly #shape: JsonShape;
  readonly #scanner: JsonScanner;
  /** Name of the member whose value is next; empty for an element. */
  #key = '';
  #part: PartSeen | undefined;
  #partDepth: number;
  #tokensLeft: number;

  constructor(text: string, shape: JsonShape, maxTokens: number) {
    this.#tokensLeft = maxTokens;
    this.#text = text;
    this.#shape = shape;
    this.#scanner = new JsonScanner(text);
    this.#partDepth = PART_DEPTH[shape];
  }

  run(): readonly CutUnit[] | 'tooMany' | undefined {
    const scanner = this.#scanner;
    for (;;) {
      if (--this.#tokensLeft < 0) return 'tooMany';
      const token = scanner.next();
      if (token === 'key') {
        this.#readKey();
        continue;
      }
      if (token === 'string') this.#string();
      else if (token === 'object' || token === 'array') {
        if (!this.#open(token)) return this.#tokensLeft < 0 ? 'tooMany' : undefined;
      } else if (token === 'close') this.#close();
      else if (token === 'end') return this.#units;
      else if (token === 'error') return undefined;
      this.#key = '';
    }
  }

  #readKey(): void {
    const { start, end } = this.#scanner;
    this.#key = end - start > MAX_KEY + 2 ? '' : decodeJsonString(this.#text.slice(start, end));
  }

  #string(): void {
    const { start, end, depth } = this.#scanner;
    const key = this.#key;
    const part = depth === this.#partDepth ? this.#part : undefined;
    if (part !== undefined && end - start <= MAX_KEY * 4) {
      if (key === 'type') part.type = this.#text.slice(start + 1, end - 1);
      else if (key === 'mime_type') part.mimeType = decodeJsonString(this.#text.slice(start, end));
    }
    if (part !== undefined && (key === 'content' || key === 'data')) part.contentLength = end - start - 2;
    if ((end - start) * 3 <= MIN_SHARE || isFixed(this.#shape, depth, key)) return;
    const note = this.#mediaNote(key, start, end);
    if (note === undefined) this.#add('text', start, end);
    else this.#add('media', start, end, JSON.stringify(note));
  }

  #mediaNote(key: string, start: number, end: number): string | undefined {
    const text = this.#text;
    const code = text.charCodeAt(start + 1) | 0x20;
    // `d`, or a space before it.
    if (code === 0x64 || code === 0x20) {
      const note = dataUrlNote(text.slice(start + 1, end - 1));
      if (note !== undefined) return note;
    }
    if (!BASE64_KEYS.has(key)) return undefined;
    const content = text.slice(start + 1, end - 1);
    return isBase64(content) ? base64Note(undefined, content.length) : undefined;
  }

  /** @returns whether what was opened can be read */
  #open(token: 'object' | 'array'): boolean {
    const scanner = this.#scanner;
    const { depth, start } = scanner;
    const cut = containerCut(this.#shape, depth, this.#key);
    if (cut !== 'inside') {
      while (scanner.depth >= depth) {
        if (--this.#tokensLeft < 0 || scanner.next() === 'error') return false;
      }
      this.#add(cut, start, scanner.end);
      return true;
    }
    if (token === 'object' && depth === this.#partDepth) this.#part = { start, firstUnit: this.#units.length };
    return true;
  }

  #close(): void {
    const part = this.#part;
    if (part === undefined || this.#scanner.depth !== this.#partDepth - 1) return;
    this.#part = undefined;
    if (part.contentLength === undefined || part.type === undefined || !BLOB_TYPES.has(part.type)) return;
    // A part of text in the place of the blob, which must hold base64.
    this.#units.length = part.firstUnit;
    const content = base64Note(part.mimeType, part.contentLength);
    this.#add('media', part.start, this.#scanner.end, JSON.stringify({ type: 'text', content }));
  }

  #add(kind: CutUnit['kind'], start: number, end: number, note?: string): void {
    if ((end - start) * 3 <= MIN_SHARE) return;
    const bytes = Buffer.byteLength(this.#text.slice(start, end));
    if (bytes > MIN_SHARE) this.#units.push({ start, end, bytes, kind, ...(note !== undefined && { note }) });
  }
}

/** Types of parts that hold base64: of the GenAI conventions, and of Braintrust. */
const BLOB_TYPES = new Set(['blob', 'base64_attachment']);

interface PartSeen {
  readonly start: number;
  readonly firstUnit: number;
  type?: string;
  mimeType?: string;
  contentLength?: number;
}
