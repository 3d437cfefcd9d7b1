// A Collector that runs as a process of ours, and what it wrote.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { waitUntil } from '@genspan/test-utils';
import { LOOPBACK } from './free-ports.mjs';

const START_MILLIS = 30_000;

/** Those that have not ended, so that a check that fails half-way leaves none behind. */
const running = new Set();

/** Kills every Collector that still runs, hung ones included. */
export function killCollectors() {
  for (const child of running) child.kill('SIGKILL');
}

export class Collector {
  #child;
  #metricsUrl;
  #outputs;
  #exit;
  /** What it said on stderr. */
  log = '';

  /**
   * Starts one.
   *
   * @param {string} binary
   * @param {string[]} args
   * @param {{ ports: { http: number, grpc: number, metrics: number }, outputs: string[], env?: Record<string, string>, cwd?: string }} place
   *   the ports that its configuration names, the files that it writes, and its whole environment: no setting of the shell
   *   changes what it does
   * @returns {Promise<Collector>} when it is ready
   * @throws Error (rejects) when it ends before, with what it said
   */
  static async start(binary, args, { ports, outputs, env = {}, cwd }) {
    const child = spawn(binary, args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    child.once('close', () => running.delete(child));
    const collector = new Collector(child, ports, outputs);
    await collector.ready();
    return collector;
  }

  constructor(child, { http, grpc, metrics }, outputs) {
    this.ports = { http, grpc };
    this.httpUrl = `http://${LOOPBACK}:${http}`;
    this.grpcUrl = `http://${LOOPBACK}:${grpc}`;
    this.#child = child;
    this.#metricsUrl = `http://${LOOPBACK}:${metrics}/metrics`;
    this.#outputs = outputs;
    child.stderr.setEncoding('utf8').on('data', (text) => (this.log += text));
    this.#exit = new Promise((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
  }

  async ready() {
    let ended;
    void this.#exit.then((how) => (ended = how));
    const isReady = () => this.log.includes('Everything is ready');
    await waitUntil(
      () => isReady() || ended !== undefined,
      START_MILLIS,
      () => `a Collector that is ready:\n${this.log}`,
    );
    if (!isReady()) throw new Error(`The Collector ended with ${ended}:\n${this.log}`);
  }

  /**
   * The requests that it has written to its files so far, in OTLP JSON. A last line that is under way is left out.
   *
   * @returns {object[]}
   */
  requests() {
    return this.#outputs.filter(existsSync).flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line));
    });
  }

  /**
   * A counter of the Collector about itself, summed over its labels.
   *
   * @param {string} name such as `otelcol_receiver_refused_spans`
   * @returns {Promise<number>}
   */
  async counter(name) {
    const text = await (await fetch(this.#metricsUrl)).text();
    const lines = text.split('\n').filter((line) => new RegExp(`^${name}(_total|__[a-z]+_total)?[{ ]`).test(line));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  /** Sends a signal: SIGKILL ends it at once, SIGSTOP hangs it with its connections open. */
  signal(name) {
    this.#child.kill(name);
  }

  /**
   * How it ended: a signal or an exit code.
   *
   * @returns {Promise<string>}
   */
  get ended() {
    return this.#exit;
  }

  /**
   * Lets it write what it holds and end; kills it when it does not.
   *
   * @returns {Promise<string>} how it ended
   */
  async stop() {
    this.#child.kill('SIGCONT');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    const how = await this.#exit;
    clearTimeout(timer);
    return how;
  }
}
