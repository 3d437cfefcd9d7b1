import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import type { SpanLoss } from '@genspan/span-processor-base';
import { BufferedSpanProcessor } from '../src/index.js';
import type { BufferedSpanProcessorOptions } from '../src/index.js';
import { ScriptedExporter } from './scripted-exporter.js';
import type { ExportScript } from './scripted-exporter.js';

/** An application with the SDK's provider, a processor to test and an exporter that does what it is told. */
export class BufferedApp {
  readonly exporter: ScriptedExporter;
  readonly processor: BufferedSpanProcessor;
  readonly drops: SpanLoss[] = [];
  readonly errors: Error[] = [];
  readonly #provider: BasicTracerProvider;

  constructor(options: Partial<BufferedSpanProcessorOptions> = {}, script?: ExportScript) {
    this.exporter = new ScriptedExporter(script);
    this.processor = new BufferedSpanProcessor({
      exporter: this.exporter,
      onDrop: (loss) => this.drops.push(loss),
      onError: (error) => this.errors.push(error),
      ...options,
    });
    this.#provider = new BasicTracerProvider({ spanProcessors: [this.processor] });
  }

  get tracer() {
    return this.#provider.getTracer('test');
  }

  /** Ends spans with these names, each a trace of its own. */
  end(...names: string[]): void {
    for (const name of names) this.tracer.startSpan(name).end();
  }

  /** Ends `count` spans. */
  endMany(count: number): void {
    for (let i = 0; i < count; i++) this.end(`span ${i}`);
  }

  /** Names of the spans that `onDrop` was told. */
  get droppedNames(): string[] {
    return this.drops.flatMap(({ spans = [] }) => spans.map(({ name }) => name));
  }

  /** What the numbers say is missing; 0 at every moment. */
  get unaccounted(): number {
    const { received, exported, dropped } = this.processor.stats();
    return received - exported - dropped - this.processor.pendingCount();
  }
}
