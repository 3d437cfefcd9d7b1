/**
 * State that the CommonJS and the ES module build of this package share when a process has loaded both.
 *
 * @param name - unique name of the state
 */
export function sharedState<T extends object>(name: string, create: () => T): T {
  const key = Symbol.for(name);
  const holder = globalThis as { [key]?: T };
  return (holder[key] ??= create());
}
