import { isObserved, observeMethod, originalOf, type Observer, type ResourceMethod } from './observe-method.js';
import { SURFACE, type ObservedMethod } from './surface.js';

/** Asked for on each call. */
export type ObserverSource = () => Observer | undefined;

/**
 * Observes the methods of a client class, for all its instances, by replacing them on the prototypes of its resources.
 *
 * @param clientClass - `OpenAI`, or a class built like it
 * @returns how many methods are observed now that were not before
 */
export function patchClass(clientClass: unknown, observer: ObserverSource): number {
  return forEachMethod((row) => {
    const prototype = walk(clientClass, [...row.classPath, 'prototype']);
    return patchMethod(prototype, row, observer);
  });
}

/** Puts back the methods that {@link patchClass} replaced. */
export function unpatchClass(clientClass: unknown): void {
  forEachMethod((row) => {
    const prototype = walk(clientClass, [...row.classPath, 'prototype']);
    const method = methodOf(prototype, row.method);
    const original = method && originalOf(method);
    if (prototype === undefined || original === undefined) return false;
    return Reflect.set(prototype, row.method, original);
  });
}

/**
 * Observes the methods of one client, and of those made from it with `withOptions()`.
 *
 * @returns how many methods are observed now that were not before
 */
export function patchInstance(client: object, observer: ObserverSource): number {
  const patched = forEachMethod((row) => patchMethod(walk(client, row.instancePath), row, observer));
  const withOptions = methodOf(client, 'withOptions');
  if (patched > 0 && withOptions !== undefined) {
    hide(client, 'withOptions', function (this: unknown, ...args: unknown[]): unknown {
      const derived = withOptions.apply(this, args);
      if (typeof derived === 'object' && derived !== null) patchInstance(derived, observer);
      return derived;
    });
  }
  return patched;
}

function patchMethod(resource: object | undefined, row: ObservedMethod, observer: ObserverSource): boolean {
  const original = methodOf(resource, row.method);
  // A method observed already, by the class or by another copy of this package, would be recorded twice.
  if (resource === undefined || original === undefined || isObserved(original)) return false;
  hide(resource, row.method, observeMethod(original, row.operation, observer));
  return true;
}

function forEachMethod(work: (row: ObservedMethod) => boolean): number {
  let done = 0;
  for (const row of SURFACE) if (work(row)) done++;
  return done;
}

function walk(from: unknown, path: readonly string[]): object | undefined {
  let at: unknown = from;
  for (const name of path) {
    if ((typeof at !== 'object' && typeof at !== 'function') || at === null) return undefined;
    at = Reflect.get(at, name);
  }
  return typeof at === 'object' && at !== null ? at : undefined;
}

function methodOf(resource: object | undefined, name: string): ResourceMethod | undefined {
  if (resource === undefined) return undefined;
  const method: unknown = Reflect.get(resource, name);
  return typeof method === 'function' ? (method as ResourceMethod) : undefined;
}

/** Methods of classes are not enumerable; what replaces them is not either. */
function hide(target: object, name: string, value: (...args: never[]) => unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}
