// A Collector with a configuration of the checks: one folder, free ports on loopback, everything it takes in one file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Collector } from './collector-process.mjs';
import { freePorts, LOOPBACK } from './free-ports.mjs';

/**
 * Starts a Collector that writes all it takes to a file.
 *
 * @param {string} binary
 * @param {string} folder for its configuration and output; is made
 * @param {{ files?: object, ports?: { http: number, grpc: number }, processors?: object, args?: string[] }} [options]
 *   files to read, as the receiver's configuration; the ports of OTLP, by default free ones; what spans pass before they are
 *   written, by type and in this order; further arguments
 * @returns {Promise<Collector>} when it is ready
 * @throws Error (rejects) when it ends before, with what it said
 */
export async function startCollector(binary, folder, { files, ports, processors = {}, args = [] } = {}) {
  const [http, grpc, metrics] = await freePorts(3);
  const used = { http, grpc, ...ports, metrics };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'collector.json');
  const output = join(folder, 'output.jsonl');
  writeFileSync(file, JSON.stringify(configuration(used, output, files, processors), undefined, 2));
  return Collector.start(binary, [`--config=file:${file}`, ...args], { ports: used, outputs: [output] });
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
