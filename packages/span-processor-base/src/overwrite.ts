/**
 * Puts `value` in the place of what `target` has there; where that is read-only, its content is replaced as far as it can be
 * written. Never throws.
 *
 * @returns whether all of `value` is there now
 */
export function overwrite(target: object, key: PropertyKey, value: unknown): boolean {
  try {
    // A setter may do nothing, so what counts is what can be read.
    if (Reflect.set(target, key, value) && Reflect.get(target, key) === value) return true;
  } catch {
    // The setter threw.
  }
  try {
    const current: unknown = Reflect.get(target, key);
    return isObject(current) && isObject(value) && overwriteMembers(current, value);
  } catch {
    return false;
  }
}

function overwriteMembers(target: object, next: object): boolean {
  let done = true;
  for (const key of Reflect.ownKeys(target)) {
    if (!Object.hasOwn(next, key)) done = Reflect.deleteProperty(target, key) && done;
  }
  for (const key of Object.keys(next)) {
    const value: unknown = Reflect.get(next, key);
    if (Reflect.get(target, key) !== value) done = overwrite(target, key, value) && done;
  }
  return done;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
