import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import type { AsyncHook } from 'node:async_hooks';

/** How often handles that came late are let go, once {@link ReleasableWork.release} was called. */
const RELEASE_EVERY_MILLIS = 20;

/** Things with a handle of the event loop: timers and sockets. */
const HANDLE_TYPES = new Set(['Timeout', 'TCPWRAP', 'PIPEWRAP', 'TLSWRAP', 'UDPWRAP']);

interface Releasable {
  unref(): void;
}

/**
 * Runs work that keeps the process alive until it is told that it no longer may.
 *
 * The SDK's exporters retry on timers and sockets that hold the process, and cannot be stopped. This notes every timer
 * and socket that is made inside the work, and only there, so that they can be let go without touching the application's.
 * It costs something for each asynchronous operation of the process while the work runs: use it at the end of the process.
 */
export class ReleasableWork {
  readonly #scope = new AsyncLocalStorage<true>();
  readonly #handles = new Set<Releasable>();
  readonly #hook: AsyncHook = createHook({
    init: (_asyncId, type, _triggerAsyncId, resource) => {
      if (!HANDLE_TYPES.has(type) || this.#scope.getStore() !== true) return;
      const handle = releasableOf(resource);
      if (handle !== undefined) this.#handles.add(handle);
    },
  });
  #releasing: NodeJS.Timeout | undefined;

  run<T>(work: () => T): T {
    this.#hook.enable();
    return this.#scope.run(true, work);
  }

  /** The work is done: stops watching. */
  finish(): void {
    this.#hook.disable();
    clearInterval(this.#releasing);
    this.#handles.clear();
  }

  /** The work goes on as long as the process lives, and no longer keeps it alive. */
  release(): void {
    this.#releaseHandles();
    // A retry makes new handles. They cannot be let go while they are being made.
    this.#releasing = setInterval(() => this.#releaseHandles(), RELEASE_EVERY_MILLIS).unref();
  }

  #releaseHandles(): void {
    for (const handle of this.#handles) handle.unref();
    this.#handles.clear();
  }
}

/** The thing itself, or what a reused connection wraps. */
function releasableOf(resource: object): Releasable | undefined {
  if (isReleasable(resource)) return resource;
  const handle: unknown = Reflect.get(resource, 'handle');
  return isReleasable(handle) ? handle : undefined;
}

function isReleasable(value: unknown): value is Releasable {
  return typeof value === 'object' && value !== null && 'unref' in value && typeof value.unref === 'function';
}
