/** Up to this many members, an object that is filled one by one stays what V8 calls fast. */
const FAST_ANYWAY = 18;
/** The SDK keeps 128 attributes; beyond this many, V8 makes a hash table of an object in any case. */
const MAX_KEYS = 128;
/** Shapes that are kept: each is a call of a model that an application makes, with its number of messages. */
const MAX_SHAPES = 256;
/** Shapes of the same number of attributes that are kept; those beyond are not looked for. */
const MAX_ALIKE = 8;

interface Shape {
  readonly keys: readonly string[];
  /** Never read: as long as it is there, V8 keeps the way to objects of this shape. */
  readonly example: unknown;
}

const BY_COUNT = new Map<number, Shape[]>();
let count = 0;

/**
 * Makes objects with the keys of this one, filled in the same order, cheap from now on. Without it V8 turns an object that gets
 * more than some twenty members into a hash table, which costs several times as much, here and for whoever reads it later;
 * but it follows the way that an object of the same keys took before, and `Object.fromEntries` makes such a way up to 128 keys.
 */
export function rememberShape(attributes: Readonly<Record<string, unknown>>): void {
  const keys = Object.keys(attributes);
  if (keys.length <= FAST_ANYWAY || keys.length > MAX_KEYS) return;
  const alike = BY_COUNT.get(keys.length);
  if (alike === undefined) {
    if (count < MAX_SHAPES) BY_COUNT.set(keys.length, [newShape(keys)]);
    return;
  }
  for (const shape of alike) if (isSame(shape.keys, keys)) return;
  if (count < MAX_SHAPES && alike.length < MAX_ALIKE) alike.push(newShape(keys));
}

function newShape(keys: readonly string[]): Shape {
  count += 1;
  return { keys, example: Object.fromEntries(keys.map((key) => [key, ''])) };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  for (let at = a.length - 1; at >= 0; at--) if (a[at] !== b[at]) return false;
  return true;
}
