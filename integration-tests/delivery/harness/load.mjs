// Runs load-app.mjs in a process of its own.

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { until } from './until.mjs';

const PROGRAM = fileURLToPath(new URL('./load-app.mjs', import.meta.url));
const FOREIGN = /^(OTEL_|NODE_OPTIONS$|NODE_V8_COVERAGE$|JEST_)/;

/** Must be found in nothing that is printed. Made at run time, so that it is nowhere in this file either. */
export const SECRET = ['sk', 'load', 's'.repeat(24)].join('-');

/**
 * Starts the application.
 *
 * @param load - `{ folder, name, rate, seconds, payloadBytes, end, lingerMillis, reportMillis, serves, stack }`:
 *   `stack` is `{ sender, retries, spool, processor }`, the options of each part; without it the application is preloaded.
 *   `end` is `leaves` (the default: nothing keeps it), `shuts down`, `waits`, `process.exit(4)` or `uncaught exception`.
 *   `lingerMillis` is how long it waits after the load until nothing is pending.
 * @param env - variables of the preloaded one
 */
export function startLoad(load, { env = {}, nodeArgs = [] } = {}) {
  const folder = join(load.folder, load.name ?? 'app');
  mkdirSync(folder, { recursive: true });
  return new Load(
    { payloadBytes: 200, lingerMillis: 0, reportMillis: 500, end: 'leaves', secret: SECRET, ...load, folder },
    env,
    nodeArgs,
  );
}

class Load {
  /** Of `ended`, `acknowledged` and `dropped` spans. */
  files;
  /** What it told, oldest first. */
  lines = [];
  stderr = '';
  /** Milliseconds that its answers to us took. */
  answerMillis = [];
  unanswered = 0;
  #child;
  #probe;

  constructor(load, env, nodeArgs) {
    const names = ['ended', 'acknowledged', 'dropped'];
    this.files = Object.fromEntries(names.map((name) => [name, join(load.folder, `${name}.ids`)]));
    const preload = load.stack === undefined ? ['--require', '@genspan/node/register'] : [];
    const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
    const args = [...nodeArgs, ...preload, PROGRAM, JSON.stringify(load)];
    const started = performance.now();
    this.#child = spawn(process.execPath, args, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let rest = '';
    this.#child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop();
      for (const line of lines) this.#read(JSON.parse(line));
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text) => (this.stderr += text));
    /** Settles when it has ended: `{ exitCode, signal, millis }`. */
    this.finished = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (exitCode, signal) => {
        clearInterval(this.#probe);
        resolve({ exitCode, signal, millis: performance.now() - started, endedAtMillis: Date.now() });
      });
    });
    this.hasEnded = false;
    void this.finished.then(() => (this.hasEnded = true));
  }

  /** What it told last. */
  get last() {
    return this.lines.at(-1);
  }

  /** What it told last of this type. */
  lineOf(type) {
    return this.lines.findLast((line) => line.type === type);
  }

  kill(signal) {
    this.#child.kill(signal);
  }

  /** Waits until it has told this. @throws Error (rejects) when it ends before, or not within `timeoutMillis` */
  async told(type, timeoutMillis = 60_000) {
    await until(() => this.lineOf(type) !== undefined || this.hasEnded, timeoutMillis, 10);
    const line = this.lineOf(type);
    if (line === undefined) throw new Error(`Expected the application to tell \`${type}\`; it said ${this.stderr}`);
    return line;
  }

  /** Kills it when it does not end in time. @returns how it ended */
  async ends(timeoutMillis = 60_000) {
    if (!(await until(() => this.hasEnded, timeoutMillis, 20))) this.kill('SIGKILL');
    return this.finished;
  }

  #read(line) {
    this.lines.push(line);
    if (line.type === 'serving') this.#probe = setInterval(() => void this.#ask(line.port), 100);
    // From here on it may close its server.
    if (line.type === 'done' || line.type === 'exit') clearInterval(this.#probe);
  }

  async #ask(port) {
    const started = performance.now();
    try {
      const response = await fetch(`http://127.0.0.1:${port}/`, { signal: globalThis.AbortSignal.timeout(5000) });
      if ((await response.text()) !== 'hello') this.unanswered++;
      this.answerMillis.push(performance.now() - started);
    } catch {
      if (this.lineOf('done') === undefined && !this.hasEnded) this.unanswered++;
    }
  }
}
