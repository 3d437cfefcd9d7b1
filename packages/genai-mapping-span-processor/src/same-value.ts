/** Levels down to which values are compared; what differs below counts as different anyway, which is the safe answer. */
const MAX_DEPTH = 64;

/** Whether two values of attributes or facts say the same: equal, or objects and arrays of equal members. */
export function sameValue(a: unknown, b: unknown, depth = 0): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > MAX_DEPTH) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameValue(Reflect.get(a, key), Reflect.get(b, key), depth + 1));
}
