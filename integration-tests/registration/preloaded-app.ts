import { join } from 'node:path';
import {
  startNode,
  startOpenAIServer,
  startOtlpReceiver,
  waitUntil,
  type NodeProcess,
  type NodeProcessResult,
  type OpenAIServer,
  type OtlpReceiver,
  type OtlpReceiverOptions,
} from '@genspan/test-utils';

const REQUIRE = ['--require', '@genspan/node/register'];

/** How to run a fixture. */
export interface RunOptions {
  /** Script and arguments. */
  readonly args: readonly string[];
  /** @defaultValue `--require @genspan/node/register` */
  readonly preload?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** @defaultValue the fixtures */
  readonly cwd?: string;
}

/** The fixtures of this folder with the servers that they talk to. */
export class Lab {
  private constructor(
    readonly openai: OpenAIServer,
    readonly receiver: OtlpReceiver,
  ) {}

  static async open(options: OtlpReceiverOptions = {}): Promise<Lab> {
    return new Lab(await startOpenAIServer(), await startOtlpReceiver(options));
  }

  start({ args, preload = REQUIRE, env = {}, cwd = join(__dirname, 'fixtures') }: RunOptions): NodeProcess {
    return startNode({
      args: [...preload, ...args],
      cwd,
      env: {
        OPENAI_BASE_URL: this.openai.baseURL,
        OPENAI_API_KEY: ['sk', 'test'].join('-'),
        OTEL_EXPORTER_OTLP_ENDPOINT: this.receiver.url,
        ...env,
      },
    });
  }

  run(options: RunOptions): Promise<NodeProcessResult> {
    return this.start(options).finished;
  }

  get spanNames(): string[] {
    return this.receiver.spans.map((span) => span.name);
  }

  /** Resolves once anything arrived, whether it was answered or not. */
  receiverHasRequest(): Promise<void> {
    return waitUntil(
      () => this.receiver.requests.length > 0,
      10_000,
      () => 'a request of an exporter',
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.openai.close(), this.receiver.close()]);
  }
}

/** An address where nobody listens: port 9 is reserved for a service that throws everything away. */
export const NOBODY = 'http://127.0.0.1:9';

/** The lines that OpenTelemetry and genspan wrote to stderr. */
export function diagLines({ stderr }: NodeProcessResult): string[] {
  return stderr.split('\n').filter((line) => line.startsWith('opentelemetry '));
}
