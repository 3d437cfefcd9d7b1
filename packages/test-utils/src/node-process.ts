import { spawn } from 'node:child_process';

import { waitUntil } from './wait-until.js';

/** Options of {@link startNode} and {@link runNode}. */
export interface NodeProcessOptions {
  /** What follows `node` on the command line: flags, script, arguments. */
  readonly args: readonly string[];
  /** Added to the environment of this process, of which `OTEL_*` and `NODE_OPTIONS` are taken out. */
  readonly env?: Readonly<Record<string, string>>;
  /** The `node` to run. @defaultValue the one that runs this */
  readonly nodePath?: string;
  /** @defaultValue the current directory */
  readonly cwd?: string;
  /** After this time the process is killed with SIGKILL. @defaultValue 30 000 ms */
  readonly timeoutMillis?: number;
}

/** How a process ended. */
export interface NodeProcessResult {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was killed because its time was up. */
  readonly timedOut: boolean;
  readonly durationMillis: number;
}

/** A process that runs. */
export interface NodeProcess {
  readonly pid: number | undefined;
  /** Settles when the process has ended and its output is complete. */
  readonly finished: Promise<NodeProcessResult>;
  /**
   * Resolves once `pattern` has appeared in stdout.
   *
   * @throws Error (rejects) when it did not appear within `timeoutMillis` (10 000), with the output so far.
   */
  waitForOutput(pattern: RegExp, timeoutMillis?: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a Node process, clean of the telemetry settings of its parent. */
export function startNode(options: NodeProcessOptions): NodeProcess {
  const started = Date.now();
  const child = spawn(options.nodePath ?? process.execPath, options.args, {
    env: { ...cleanEnvironment(), ...options.env },
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, options.timeoutMillis ?? 30_000);

  const finished = new Promise<NodeProcessResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      resolve({ exitCode, signal, ...output, timedOut, durationMillis: Date.now() - started });
    });
  }).finally(() => clearTimeout(timer));

  return {
    pid: child.pid,
    finished,
    waitForOutput: (pattern, timeoutMillis = 10_000) =>
      waitUntil(
        () => pattern.test(output.stdout),
        timeoutMillis,
        () => {
          return `${String(pattern)} on stdout, got stdout:\n${output.stdout}\nstderr:\n${output.stderr}`;
        },
      ),
    kill: (signal) => void child.kill(signal),
  };
}

/** Runs a Node process to its end. */
export function runNode(options: NodeProcessOptions): Promise<NodeProcessResult> {
  return startNode(options).finished;
}

/** This process's environment without what would configure telemetry or the runtime of a child. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL_|NODE_OPTIONS$|NODE_V8_COVERAGE$|JEST_)/.test(name)),
  );
}
