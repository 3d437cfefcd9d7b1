// A Collector that runs: one folder, free ports on loopback, everything it takes in one file.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '@genspan/test-utils';
import { freePorts, LOOPBACK } from './free-ports.mjs';

const START_MILLIS = 30_000;

/** Those that have not ended, so that a check that fails half-way leaves none behind. */
const running = new Set();

/**
 * Starts a Collector that writes all it takes to a file.
 *
 * @param {string} binary
 * @param {string} folder for its configuration and output; is made
 * @param {{ files?: object, ports?: { http: number, grpc: number }, processors?: object, featureGates?: string[] }} [options]
 *   files to read, as the receiver's configuration; the ports of OTLP, by default free ones; what spans pass before they are
 *   written, by type and in this order; gates that are switched on
 * @returns {Promise<Collector>} when it is ready
 * @throws Error (rejects) when it ends before, with what it said
 */
export async function startCollector(binary, folder, { files, ports, processors = {}, featureGates = [] } = {}) {
  const [http, grpc, metrics] = await freePorts(3);
  const used = { http, grpc, ...ports, metrics };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'collector.json');
  const output = join(folder, 'output.jsonl');
  writeFileSync(file, JSON.stringify(configuration(used, output, files, processors), undefined, 2));
  // Its own environment, so that no setting of the shell changes what it does.
  const gates = featureGates.length === 0 ? [] : [`--feature-gates=${featureGates.join(',')}`];
  const child = spawn(binary, [`--config=file:${file}`, ...gates], { env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  const collector = new Collector(child, used, output);
  await collector.ready();
  return collector;
}

/** Kills every Collector that still runs, hung ones included. */
export function killCollectors() {
  for (const child of running) child.kill('SIGKILL');
}

class Collector {
  #child;
  #metricsUrl;
  #output;
  #exit;
  /** What it said on stderr. */
  log = '';

  constructor(child, { http, grpc, metrics }, output) {
    this.ports = { http, grpc };
    this.httpUrl = `http://${LOOPBACK}:${http}`;
    this.grpcUrl = `http://${LOOPBACK}:${grpc}`;
    this.#child = child;
    this.#metricsUrl = `http://${LOOPBACK}:${metrics}/metrics`;
    this.#output = output;
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

  /** The requests that it has written to its file so far, in OTLP JSON. A last line that is under way is left out. */
  requests() {
    if (!existsSync(this.#output)) return [];
    const lines = readFileSync(this.#output, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }

  /**
   * A counter of the Collector about itself, summed over its labels.
   *
   * @param {string} name such as `otelcol_receiver_refused_spans`
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

  /** How it ended: a signal or an exit code. */
  get ended() {
    return this.#exit;
  }

  /** Lets it write what it holds and end; kills it when it does not. */
  async stop() {
    this.#child.kill('SIGCONT');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 15_000);
    const how = await this.#exit;
    clearTimeout(timer);
    return how;
  }
}

function configuration({ http, grpc, metrics }, output, files, processors) {
  const fileReceiver = files === undefined ? {} : { otlp_json_file: files };
  const otlp = {
    protocols: { http: { endpoint: `${LOOPBACK}:${http}` }, grpc: { endpoint: `${LOOPBACK}:${grpc}` } },
  };
  const exporters = ['file', 'debug'];
  return {
    receivers: { otlp, ...fileReceiver },
    processors,
    exporters: { file: { path: output, flush_interval: '100ms' }, debug: {} },
    service: {
      telemetry: {
        metrics: { readers: [{ pull: { exporter: { prometheus: { host: LOOPBACK, port: metrics } } } }] },
      },
      pipelines: {
        traces: { receivers: ['otlp', ...Object.keys(fileReceiver)], processors: Object.keys(processors), exporters },
        metrics: { receivers: ['otlp'], exporters },
        logs: { receivers: ['otlp'], exporters },
      },
    },
  };
}
