import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOpenAIServer, startOtlpReceiver } from '@genspan/test-utils';
import type { OpenAIServer, OtlpReceiver } from '@genspan/test-utils';
import { runApp } from './app.mjs';
import { canonicalSpansOf } from './canonical-span.mjs';
import { killCollectors } from './collector-process.mjs';
import { findCollector, HOW_TO_GET_ONE } from './find-collector.mjs';
import { startGateway } from './gateway.mjs';

export type Gateway = Awaited<ReturnType<typeof startGateway>>;
type GatewayOptions = NonNullable<Parameters<typeof startGateway>[2]>;

const collector = findCollector();
const isRequired = Boolean(process.env.GENSPAN_REQUIRE_COLLECTOR);

/** Its tests are skipped when there is no Collector, and fail when there has to be one. */
export const describeWithCollector = collector !== undefined || isRequired ? describe : describe.skip;

/** What a span needs beside its ids; as if an application had sampled it, so that it is kept. */
export const SPAN = {
  traceState: 'ot=th:0',
  name: 'a span',
  kind: 1,
  startTimeUnixNano: '1750000000000000000',
  endTimeUnixNano: '1750000001000000000',
};

/** Gateways with a folder each, applications that send to them, and a backend. */
export class GatewayLab {
  private constructor(
    readonly binary: string,
    readonly openai: OpenAIServer,
    readonly backend: OtlpReceiver,
    readonly folder: string,
  ) {}

  static async open(): Promise<GatewayLab> {
    if (collector === undefined) throw new Error(`Expected a Collector: ${HOW_TO_GET_ONE}.`);
    const [openai, backend] = await Promise.all([startOpenAIServer(), startOtlpReceiver()]);
    return new GatewayLab(collector.binary, openai, backend, mkdtempSync(join(tmpdir(), 'genspan-gateway-')));
  }

  async close(): Promise<void> {
    killCollectors();
    await Promise.all([this.openai.close(), this.backend.close()]);
    rmSync(this.folder, { recursive: true });
  }

  /** A gateway in the folder `name`; a second one there has the queue of the first. */
  start(name: string, options?: GatewayOptions): Promise<Gateway> {
    return startGateway(this.binary, join(this.folder, name), options);
  }

  /** Runs an application below the preload; resolves to the spans that it kept, as it wrote them to a file beside. */
  async observe(gateway: Gateway, script: string, env: Record<string, string>) {
    const jsonl = join(this.folder, `${env.OTEL_SERVICE_NAME}.jsonl`);
    const result = await runApp({
      script,
      openai: this.openai,
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: env.OTEL_EXPORTER_OTLP_PROTOCOL === 'grpc' ? gateway.grpcUrl : gateway.httpUrl,
        OTEL_TRACES_EXPORTER: 'otlp,jsonl',
        OTEL_GENSPAN_JSONL_PATH: jsonl,
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
        ...env,
      },
    });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = readFileSync(jsonl, 'utf8').trimEnd().split('\n');
    return lines.flatMap((line) => canonicalSpansOf(JSON.parse(line)));
  }
}

/** Sends spans in OTLP JSON, in one request. */
export async function post(gateway: Gateway, spans: readonly object[]): Promise<void> {
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(`${gateway.httpUrl}/v1/traces`, { method: 'POST', headers, body });
  expect(status).toBe(200);
}
