import type { Telemetry } from './telemetry.js';

/** The signals that ask a process to end. */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

type Signal = (typeof SIGNALS)[number];

/**
 * Flushes on SIGTERM and SIGINT, and leaves what the signal does as it is.
 *
 * A listener replaces Node's default, which is to die by the signal. So when the application has no listener of its own,
 * the signal is raised again after the flush, without ours: exit code and signal are those that the parent expects. A
 * second signal does not wait for the flush. When the application has a listener, it decides: genspan only sends what
 * there is.
 */
export class SignalFlush {
  readonly #telemetry: Telemetry;
  #ending = false;

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
  }

  install(): void {
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  uninstall(): void {
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  readonly #onSignal = (signal: Signal): void => {
    if (this.#ending) {
      this.#raise(signal);
    } else if (isDecidedByOthers(signal)) {
      void this.#telemetry.forceFlush();
    } else {
      this.#ending = true;
      void this.#telemetry.shutdown().then(() => this.#raise(signal));
    }
  };

  #raise(signal: Signal): void {
    this.uninstall();
    process.kill(process.pid, signal);
  }
}

/** Whether the process will not simply die of the signal once our listener is gone. */
function isDecidedByOthers(signal: Signal): boolean {
  // The first process of a container has no default: the kernel drops signals that it has no listener for.
  if (process.pid === 1) return true;
  return process.listenerCount(signal) - 1 - passiveListeners() > 0;
}

/**
 * Listeners of the widely used `signal-exit` package. They wait until no other listener is left, then raise the signal
 * again; taken for the application's, each would wait for the other and the process would never end.
 */
function passiveListeners(): number {
  const emitters = [
    Reflect.get(globalThis, Symbol.for('signal-exit emitter')) as unknown, // 4.x
    Reflect.get(process, '__signal_exit_emitter__') as unknown, // 3.x
  ];
  return emitters.reduce<number>((total, emitter) => total + countOf(emitter), 0);
}

function countOf(emitter: unknown): number {
  const isObject = typeof emitter === 'object' && emitter !== null;
  return isObject && 'count' in emitter && typeof emitter.count === 'number' ? emitter.count : 0;
}
