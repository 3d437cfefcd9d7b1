import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { runNode } from '@genspan/test-utils';

import type { OperationResult } from './compare';

/** How the client is watched, if at all. */
export interface Mode {
  readonly mode: 'bare' | 'instrumented' | 'wrapped';
  readonly content: 'none' | 'span_and_event';
  /** Has the instrumentation ask for usage where the caller does not; the server sees that. */
  readonly requestStreamUsage?: boolean;
  /** Gives the instrumentation hooks that throw each time. */
  readonly hooksThrow?: boolean;
  /** Another module to instrument with than ours. */
  readonly instrumentation?: string;
  /** Runs only the operations whose name contains this. */
  readonly only?: string;
}

/** What one process reports. */
export interface RunResult {
  readonly operations: readonly OperationResult[];
  readonly metricNames: readonly string[];
  readonly logRecords: number;
  /** Whether a prompt is anywhere in what would have been exported. */
  readonly contentExported: boolean;
}

type Format = 'cjs' | 'mjs';

/** One more than there are cores: the processes spend half of their time waiting for the loopback server. */
const CONCURRENCY = availableParallelism() + 1;
let running = 0;
const waiting: (() => void)[] = [];
const results = new Map<string, Promise<RunResult>>();

/** Runs the table in a process of its own; the same run is made once and shared. */
export function runTable(major: number, format: Format, mode: Mode): Promise<RunResult> {
  const key = JSON.stringify([major, format, mode]);
  const known = results.get(key) ?? start(major, format, mode);
  results.set(key, known);
  return known;
}

async function start(major: number, format: Format, mode: Mode): Promise<RunResult> {
  if (running >= CONCURRENCY) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    const { exitCode, stdout, stderr, timedOut } = await runNode({
      args: [
        '--expose-gc',
        '--single-threaded-gc',
        join(__dirname, `run.${format}`),
        JSON.stringify({ major, ...mode }),
      ],
      timeoutMillis: 90_000,
    });
    if (exitCode !== 0) {
      throw new Error(
        `Expected the run to end by itself, got ${timedOut ? 'a timeout' : `exit code ${exitCode}`}:\n${stderr}`,
      );
    }
    return JSON.parse(stdout) as RunResult;
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
