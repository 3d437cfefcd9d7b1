import { itemsOfJson } from './json-items.js';
import type { JsonItems } from './json-items.js';
import { dropUnpaired, messageFacts } from './message-limits-facts.js';
import { droppedNote, stubOf } from './message-limits-notes.js';
import { byteLength } from './truncate-bytes.js';
import { MIN_SHARE } from './truncate-share.js';
import type { ListShape } from './truncate-shape.js';
import type { TruncateTally } from './truncate-tally.js';
import { cutUnits } from './truncate-units-cut.js';
import { findUnits } from './truncate-units.js';
import type { CutUnit } from './truncate-units.js';

/** Of a longer list the entries between are not looked at. */
const MAX_ITEMS = 10_000;

/**
 * A list cut by its entries, where cutting what is in them is not enough: a note takes the place of those that go. Of messages the
 * system's, the last, the first, and as many before the last as have room stay; of other lists the first ones.
 *
 * @param units - what can be cut in the text
 * @returns `undefined` when the text is no array
 */
export function cutList(
  text: string,
  limit: number,
  shape: ListShape,
  units: readonly CutUnit[],
  tally: TruncateTally,
): string | undefined {
  const found = itemsOfJson(text, MAX_ITEMS);
  if (found === undefined || found.items.length === 0) return undefined;
  const list = new ListCut(text, limit, shape, found, units);
  const { json, dropped } = list.cut();
  tally.messages += dropped;
  const excess = byteLength(json) - limit;
  if (excess <= 0) return json;
  return cutUnits(json, findUnits(json, shape) ?? [], excess, tally) ?? '[]';
}

class ListCut {
  readonly #shape: ListShape;
  readonly #items: string[];
  /** Bytes of each entry when all that can be cut in it is. */
  readonly #leastBytes: number[];
  readonly #kept: boolean[];
  readonly #skipped: number;
  #room: number;

  constructor(text: string, limit: number, shape: ListShape, { items, skipped }: JsonItems, units: readonly CutUnit[]) {
    this.#shape = shape;
    this.#skipped = skipped;
    this.#items = items.map(({ start, end }) => text.slice(start, end));
    this.#leastBytes = this.#items.map((item) => byteLength(item));
    this.#kept = this.#items.map(() => false);
    // Brackets, the note and its comma.
    this.#room = limit - 3 - byteLength(droppedNote(shape, items.length + skipped));
    let index = 0;
    for (const { start, bytes } of units) {
      while (start >= (items[index]?.end ?? Infinity)) index += 1;
      // Else it is in one that is not looked at.
      if (start >= (items[index]?.start ?? Infinity))
        this.#leastBytes[index] = (this.#leastBytes[index] ?? 0) - (bytes - MIN_SHARE);
    }
  }

  cut(): { json: string; dropped: number } {
    if (this.#shape === 'messages' || this.#shape === 'chat') this.#keepMessages();
    else {
      this.#keepOrStub(0);
      for (let index = 1; index < this.#items.length && this.#keep(index); index++);
    }
    const entries: string[] = [];
    const dropped = this.#skipped + this.#kept.filter((isKept) => !isKept).length;
    let isNoted = false;
    this.#items.forEach((item, index) => {
      if (this.#kept[index] === true) entries.push(item);
      else if (!isNoted) {
        entries.push(droppedNote(this.#shape, dropped));
        isNoted = true;
      }
    });
    return { json: `[${entries.join(',')}]`, dropped };
  }

  #keepMessages(): void {
    const facts = this.#items.map(messageFacts);
    const last = this.#items.length - 1;
    facts.forEach(({ isSystem }, index) => {
      if (isSystem) this.#keepOrStub(index);
    });
    this.#keepOrStub(last);
    this.#keepOrStub(facts.findIndex(({ isSystem }) => !isSystem));
    for (let index = last - 1; index >= 0; index--) {
      if (this.#kept[index] !== true && !this.#keep(index)) break;
    }
    dropUnpaired(facts, this.#kept);
  }

  #keep(index: number): boolean {
    const bytes = (this.#leastBytes[index] ?? 0) + 1;
    if (bytes > this.#room) return false;
    this.#room -= bytes;
    return (this.#kept[index] = true);
  }

  #keepOrStub(index: number): void {
    const item = this.#items[index];
    if (item === undefined || this.#kept[index] === true || this.#keep(index)) return;
    const stub = stubOf(item, this.#shape, this.#room - 1);
    if (stub === undefined) return;
    this.#items[index] = stub;
    this.#leastBytes[index] = byteLength(stub);
    this.#keep(index);
  }
}
