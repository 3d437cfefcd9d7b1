/**
 * The members of the client's `APIPromise` that all majors have. The promise reads the body when it is first awaited:
 * `then()` calls `parse()`, which waits for `responsePromise` and calls `parseResponse`.
 *
 * They are private in the types only, so each is checked for; a promise without them is observed as a plain one.
 */
export interface APIPromiseSeams {
  responsePromise: Promise<unknown>;
  parseResponse: (...args: unknown[]) => unknown;
  /** There once somebody has asked for the parsed response. */
  parsedPromise?: Promise<unknown>;
  asResponse: () => Promise<unknown>;
  _thenUnwrap?: (transform: Transform) => unknown;
}

/** Makes of a parsed response what a helper gives its caller. */
export type Transform = (value: unknown, props: unknown) => unknown;

/** Whether the value has the members that observing needs. */
export function hasSeams(value: unknown): value is APIPromiseSeams & object {
  if (!(value instanceof Promise)) return false;
  const { responsePromise, parseResponse, asResponse } = value as Promise<unknown> & Partial<APIPromiseSeams>;
  return responsePromise instanceof Promise && typeof parseResponse === 'function' && typeof asResponse === 'function';
}

/** Puts a method on an object, to be enumerated only if the one it replaces is: the prototype's are not. */
export function replaceMethod(target: object, name: string, value: (...args: never[]) => unknown): void {
  if (Object.hasOwn(target, name)) Reflect.set(target, name, value);
  else Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}
