import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode, startOtlpReceiver, type NodeProcessResult, type OtlpReceiver } from '@genspan/test-utils';
import type { Plan } from './plan.js';

/** How the application is run. */
export interface RunOptions {
  /** Preload and script: `--import @genspan/node/register app.mjs`. */
  readonly args: readonly string[];
  readonly protocol: 'http/protobuf' | 'http/json';
  /** `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`; left out, it is not set. */
  readonly capture?: string;
  /** `OTEL_LOG_LEVEL`. @defaultValue not set, so that stderr has warnings only */
  readonly logLevel?: string;
}

/** A finished run, with all that left the process. */
export interface ObservedRun {
  readonly receiver: OtlpReceiver;
  readonly result: NodeProcessResult;
  /** Every byte that was sent, printed or written, by where it went. */
  readonly exported: ReadonlyMap<string, Buffer>;
}

/** Runs the application of this folder under the preload, with every exporter of genspan and of the SDK on. */
export async function observedRun(plan: Plan, { args, protocol, capture, logLevel }: RunOptions): Promise<ObservedRun> {
  const receiver = await startOtlpReceiver();
  const folder = mkdtempSync(join(tmpdir(), 'genspan-privacy-'));
  const planFile = join(folder, 'plan.json');
  writeFileSync(planFile, JSON.stringify(plan));
  try {
    const result = await runNode({
      args,
      cwd: join(__dirname, 'fixtures'),
      timeoutMillis: 60_000,
      env: {
        PLAN: planFile,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
        OTEL_TRACES_EXPORTER: 'otlp,console,console_tree,jsonl',
        OTEL_METRICS_EXPORTER: 'otlp,console',
        OTEL_LOGS_EXPORTER: 'otlp,console',
        OTEL_METRIC_EXPORT_INTERVAL: '1000',
        OTEL_METRIC_EXPORT_TIMEOUT: '1000',
        OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai/dup',
        OTEL_GENSPAN_JSONL_PATH: join(folder, 'traces.jsonl'),
        OTEL_GENSPAN_CONSOLE_TREE_VERBOSE: 'true',
        // Nothing may be dropped, or it would not be searched.
        OTEL_BSP_MAX_QUEUE_SIZE: '20000',
        OTEL_BLRP_MAX_QUEUE_SIZE: '20000',
        OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS: '30000',
        // What must not be recorded must not be there to be redacted.
        OTEL_GENSPAN_REDACTION_ENABLED: 'false',
        ...(logLevel === undefined ? undefined : { OTEL_LOG_LEVEL: logLevel }),
        ...(capture === undefined ? undefined : { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: capture }),
      },
    });
    return { receiver, result, exported: exportedBytes(receiver, result, folder) };
  } finally {
    await receiver.close();
    rmSync(folder, { recursive: true });
  }
}

/** Every byte that was sent, printed or written to files in `folder`, by where it went. */
export function exportedBytes(receiver: OtlpReceiver, result: NodeProcessResult, folder: string): Map<string, Buffer> {
  const exported = new Map<string, Buffer>();
  for (const signal of ['traces', 'metrics', 'logs']) {
    const requests = receiver.requests.filter((request) => request.signal === signal);
    exported.set(
      `OTLP ${signal}`,
      Buffer.concat(requests.flatMap(({ headers, bytes }) => [Buffer.from(JSON.stringify(headers)), bytes])),
    );
  }
  exported.set('stdout', Buffer.from(result.stdout));
  exported.set('stderr', Buffer.from(result.stderr));
  const files = readdirSync(folder).filter((file) => file.startsWith('traces'));
  exported.set('JSONL', Buffer.concat(files.map((file) => readFileSync(join(folder, file)))));
  return exported;
}
