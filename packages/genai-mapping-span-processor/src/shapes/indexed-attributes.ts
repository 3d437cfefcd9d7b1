import type { AttributeValue } from '@opentelemetry/api';

/** Levels below the prefix. What is deeper stays one name with dots in it, or is left out when writing. */
const MAX_DEPTH = 16;
/** Attributes that one value is spread over at most: many times what the SDK keeps of a span. */
const MAX_FLATTENED = 10_000;
/** Digits of the longest index: more would not be told apart as numbers. */
const MAX_INDEX_DIGITS = 15;
const DIGIT_0 = 48;
const DIGIT_9 = 57;

interface Node {
  /** The attribute that ends here. */
  key?: string;
  children?: Map<string, Node>;
}

/**
 * Puts together what is spread over attributes such as `llm.input_messages.0.message.role`: names become members of objects
 * (without a prototype), indices become arrays. Gaps between indices close up, whatever their size; their order stays.
 *
 * An attribute that has others below it (`a.0` beside `a.0.b`) is passed over, as is one without a value.
 *
 * @param prefix - beginning of the keys, with its last dot
 * @param consume - told of each key that went into the result
 * @param understands - which keys to read, where not all of them
 * @returns `undefined` when nothing begins with the prefix
 */
export function nestAttributes(
  attributes: Readonly<Record<string, unknown>>,
  prefix: string,
  consume: (key: string) => void,
  understands?: (key: string) => boolean,
): unknown {
  let root: Node | undefined;
  for (const key in attributes) {
    if (!key.startsWith(prefix) || key.length === prefix.length) continue;
    if (attributes[key] === undefined || attributes[key] === null) continue;
    if (understands?.(key) === false) continue;
    insert((root ??= {}), key, prefix.length);
  }
  return root && toValue(root, attributes, consume);
}

/** The entries of a list that was put together, also when a name stands among its indices. */
export function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/**
 * Spreads a value over attributes, the reverse of {@link nestAttributes}. A list of strings, of numbers or of booleans is one
 * attribute, as OpenTelemetry has such values. `null`, `undefined` and what is no JSON are left out.
 *
 * @param prefix - beginning of the keys, with its last dot
 * @returns whether all was written: not so with deep, huge or circular values
 */
export function flattenAttributes(
  value: unknown,
  prefix: string,
  write: (key: string, value: AttributeValue) => void,
): boolean {
  let left = MAX_FLATTENED;
  const visit = (item: unknown, path: string, depth: number): boolean => {
    if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') {
      if (left-- <= 0) return false;
      write(path, item);
      return true;
    }
    if (typeof item !== 'object' || item === null) return true;
    if (isPrimitiveList(item)) {
      if (left-- <= 0) return false;
      write(path, item);
      return true;
    }
    if (depth >= MAX_DEPTH) return false;
    let complete = true;
    const begin = path === prefix ? path : `${path}.`;
    for (const name of Object.keys(item)) {
      if (left <= 0) return false;
      complete = visit((item as Record<string, unknown>)[name], begin + name, depth + 1) && complete;
    }
    return complete;
  };
  if (typeof value !== 'object' || value === null || isPrimitiveList(value)) return value === undefined;
  return visit(value, prefix, 0);
}

function insert(root: Node, key: string, begin: number): void {
  let node = root;
  for (let depth = 1, from = begin; ; depth++) {
    const dot = depth < MAX_DEPTH ? key.indexOf('.', from) : -1;
    const name = dot === -1 ? key.slice(from) : key.slice(from, dot);
    const children = (node.children ??= new Map());
    let child = children.get(name);
    if (child === undefined) children.set(name, (child = {}));
    node = child;
    if (dot === -1) break;
    from = dot + 1;
  }
  node.key = key;
}

function toValue(node: Node, attributes: Readonly<Record<string, unknown>>, consume: (key: string) => void): unknown {
  const { key, children } = node;
  if (children === undefined) {
    if (key === undefined) return undefined;
    consume(key);
    return attributes[key];
  }
  const names = [...children.keys()];
  if (names.every(isIndex)) {
    if (names.length > 1) names.sort((a, b) => Number(a) - Number(b));
    return names.map((name) => toValue(children.get(name) ?? {}, attributes, consume));
  }
  const result = Object.create(null) as Record<string, unknown>;
  for (const [name, child] of children) result[name] = toValue(child, attributes, consume);
  return result;
}

function isIndex(name: string): boolean {
  if (name.length === 0 || name.length > MAX_INDEX_DIGITS) return false;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code < DIGIT_0 || code > DIGIT_9) return false;
  }
  return true;
}

function isPrimitiveList(value: object): value is string[] | number[] | boolean[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const type = typeof value[0];
  return (type === 'string' || type === 'number' || type === 'boolean') && value.every((item) => typeof item === type);
}
