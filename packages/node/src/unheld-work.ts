import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import type { HookCallbacks } from 'node:async_hooks';

/** gRPC's, which holds its connection and a timer again for each call that waits. */
const HTTP2_SESSION = 'HTTP2SESSION';

/** What keeps a process alive among the things that exporters make: timers and connections. */
const HANDLE_TYPES = new Set(['Timeout', 'TCPWRAP', 'PIPEWRAP', 'TLSWRAP', HTTP2_SESSION]);

/**
 * Longest time in ms for a connection to be made. While it is under way it holds the process, and the SDK's exporters set no
 * limit: an address that swallows packets holds it for two minutes. This leaves room for one lost packet.
 */
const CONNECT_TIMEOUT_MILLIS = 3000;

/** How often in ms what gRPC holds again is let go. */
const LET_GO_INTERVAL_MILLIS = 100;

interface Handle {
  unref(): void;
}

/** A TCP connection as Node has it inside; `getpeername` gives 0 once it is made. */
interface Connection extends Handle {
  close(): void;
  getpeername(address: object): number;
}

/**
 * Runs the telemetry's own work so that it never keeps the process alive.
 *
 * The SDK's batches, retries and connections hold the process for as long as ten seconds after the application is done
 * when the collector does not answer, and nothing can stop them. So every timer and connection that is made inside the
 * work, and only there, is let go at once. Whoever wants to wait for the work holds the process with a timer of its own.
 *
 * Timers and connections that the application makes cost a lookup more. Where Node can leave promises out of
 * `async_hooks` (24.12 and later) that is all; before, each promise costs about 0.1 µs more (measured on Node 20).
 */
export class UnheldWork {
  readonly #scope = new AsyncLocalStorage<true>();
  readonly #made: object[] = [];
  readonly #connecting = new Set<Connection>();
  /** Those that were made; the exporters hold them, and drop them when they are closed. */
  #handles: WeakRef<Handle>[] = [];
  /** When those that are gone are next left out of `#handles`, by its length. */
  #pruneAt = 64;
  #isLettingGo = false;
  readonly #release = (): void => {
    for (const resource of this.#made.splice(0)) this.#letGo(resource);
  };

  constructor() {
    const callbacks: HookCallbacks & { readonly trackPromises: boolean } = {
      init: (_asyncId, type, _triggerAsyncId, resource) => {
        if (!HANDLE_TYPES.has(type) || this.#scope.getStore() !== true) return;
        if (type === HTTP2_SESSION) return this.#letGoAgainAndAgain();
        // It is still being made, and would be held again when it is complete.
        if (this.#made.push(resource) === 1) process.nextTick(this.#release);
      },
      trackPromises: false,
    };
    createHook(callbacks).enable();
  }

  /** Runs `work`, and everything that follows from it, in the background. */
  run<T>(work: () => T): T {
    return this.#scope.run(true, work);
  }

  /**
   * Nobody waits for the work any longer: connections that are still being made fail now, and what is made is let go once
   * more.
   */
  giveUp(): void {
    for (const connection of this.#connecting) this.#giveUp(connection);
    this.#letGoAgain();
  }

  #letGoAgainAndAgain(): void {
    if (this.#isLettingGo) return;
    this.#isLettingGo = true;
    this.#scope.exit(() => setInterval(() => this.#letGoAgain(), LET_GO_INTERVAL_MILLIS).unref());
  }

  #letGoAgain(): void {
    for (const handle of this.#handles) handle.deref()?.unref();
  }

  #letGo(resource: object): void {
    const handle = handleOf(resource);
    if (handle === undefined) return;
    handle.unref();
    if (this.#handles.push(new WeakRef(handle)) >= this.#pruneAt) {
      this.#handles = this.#handles.filter((one) => one.deref() !== undefined);
      this.#pruneAt = 2 * this.#handles.length + 64;
    }
    if (!isConnection(handle)) return;
    this.#connecting.add(handle);
    // The tick that this runs in belongs to the scope.
    this.#scope.exit(() => setTimeout(() => this.#giveUp(handle), CONNECT_TIMEOUT_MILLIS).unref());
  }

  #giveUp(connection: Connection): void {
    // Closed before it is made, it fails with ECANCELED in the exporter. Closed already, nothing happens.
    if (this.#connecting.delete(connection) && connection.getpeername({}) !== 0) connection.close();
  }
}

/** The thing itself, or the connection that is used again. */
function handleOf(resource: object): Handle | undefined {
  return [resource, Reflect.get(resource, 'handle') as unknown].find(isHandle);
}

function isHandle(value: unknown): value is Handle {
  return typeof value === 'object' && value !== null && 'unref' in value && typeof value.unref === 'function';
}

function isConnection(handle: Handle): handle is Connection {
  return 'getpeername' in handle && 'close' in handle;
}
