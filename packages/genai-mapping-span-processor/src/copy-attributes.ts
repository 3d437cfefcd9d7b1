/**
 * A copy of the attributes that are there, as plain members of a plain object, whatever the original is: nothing that is read
 * from it later can throw or change.
 *
 * @param onFailure - told of each attribute that cannot be read, which is left out
 */
export function copyAttributes(
  attributes: Readonly<Record<string, unknown>>,
  onFailure: (error: unknown) => void,
): Record<string, unknown> {
  try {
    // Several times as fast as one by one. A key named __proto__ would become the prototype.
    if (!Object.hasOwn(attributes, '__proto__')) return Object.assign({}, attributes);
  } catch {
    // Something in it throws when it is read.
  }
  const copy: Record<string, unknown> = {};
  for (const key of ownKeys(attributes, onFailure)) {
    try {
      putAttribute(copy, key, attributes[key]);
    } catch (error) {
      onFailure(error);
    }
  }
  return copy;
}

/** Sets an attribute of any name, `__proto__` too. */
export function putAttribute(attributes: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') attributes[key] = value;
  else Object.defineProperty(attributes, key, { value, writable: true, enumerable: true, configurable: true });
}

function ownKeys(attributes: object, onFailure: (error: unknown) => void): string[] {
  try {
    return Object.keys(attributes);
  } catch (error) {
    onFailure(error);
    return [];
  }
}
