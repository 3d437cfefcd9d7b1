import type { GenspanHandle } from './start.js';

/** Where a thread keeps its running telemetry, for every copy of this package that is loaded in it. */
const SLOT = Symbol.for('genspan.node');

/** What runs in this thread, if anything does. */
export function runningHandle(): GenspanHandle | undefined {
  return Reflect.get(globalThis, SLOT) as GenspanHandle | undefined;
}

/** Remembers what runs in this thread. */
export function setRunningHandle(handle: GenspanHandle): void {
  Object.defineProperty(globalThis, SLOT, { value: handle, configurable: true, enumerable: false });
}
