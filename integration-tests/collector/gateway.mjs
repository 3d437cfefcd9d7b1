// The Collector with the configuration that users get, collector-config.yaml, set up by its variables alone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Collector } from './collector-process.mjs';
import { FOLDER } from './find-collector.mjs';
import { freePorts, LOOPBACK } from './free-ports.mjs';

export const CONFIG = join(FOLDER, '../../collector-config.yaml');
/** As the head of the configuration names it. */
export const USE_TRACE_STATE = '--feature-gates=processor.tailsamplingprocessor.usetracestate';
const SIGNALS = ['traces', 'metrics', 'logs'];

/**
 * Starts a gateway. One that is started again in the same folder finds the queue of the one before.
 *
 * @param {string} binary
 * @param {string} folder for its queue and output; is made
 * @param {{ backend?: string, config?: string, args?: string[], env?: Record<string, string> }} [options] where it sends to, by default
 *   where nobody listens; another configuration; further arguments; other variables
 */
export async function startGateway(binary, folder, { backend, config = CONFIG, args = [], env = {} } = {}) {
  const [http, grpc, metrics, health, nobody] = await freePorts(5);
  const { output, state } = foldersOf(folder);
  mkdirSync(folder, { recursive: true });
  const collector = await Collector.start(binary, [`--config=${config}`, ...args], {
    ports: { http, grpc, metrics },
    outputs: SIGNALS.map((signal) => join(output, `${signal}.jsonl`)),
    cwd: folder,
    env: {
      GATEWAY_HTTP: `${LOOPBACK}:${http}`,
      GATEWAY_GRPC: `${LOOPBACK}:${grpc}`,
      GATEWAY_METRICS_PORT: String(metrics),
      GATEWAY_HEALTH: `${LOOPBACK}:${health}`,
      GATEWAY_BACKEND: backend ?? `http://${LOOPBACK}:${nobody}`,
      GATEWAY_OUTPUT: output,
      GATEWAY_STATE: state,
      GATEWAY_DECISION_WAIT: '1s',
      ...env,
    },
  });
  return Object.assign(collector, { healthUrl: `http://${LOOPBACK}:${health}` });
}

export function foldersOf(folder) {
  return { output: join(folder, 'output'), state: join(folder, 'state') };
}

/** What `otelcol validate` says to a configuration. */
export function validate(binary, config, args = []) {
  const { status, stderr } = spawnSync(binary, ['validate', `--config=${config}`, ...args], {
    encoding: 'utf8',
    env: {},
  });
  return { status, stderr };
}

/** Every byte that lies below a folder, one character for each. */
export function bytesBelow(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}
