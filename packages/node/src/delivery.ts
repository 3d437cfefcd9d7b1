import { createHealthHandler } from '@genspan/buffered-span-processor';
import type {
  BufferedSpanProcessor,
  BufferedSpanProcessorStats,
  HealthHandler,
  HealthSource,
} from '@genspan/buffered-span-processor';

/** How spans get to their exporters: what has left, what waits, what was dropped. */
export class Delivery {
  readonly #processors = new Map<string, BufferedSpanProcessor>();

  /** @internal */
  add(name: string, processor: BufferedSpanProcessor): void {
    let key = name;
    for (let number = 2; this.#processors.has(key); number++) key = `${name} ${number}`;
    this.#processors.set(key, processor);
  }

  /** The numbers of each exporter that gets batches, by its name in `OTEL_TRACES_EXPORTER`; `exporter` for an object. */
  stats(): Record<string, BufferedSpanProcessorStats> {
    return Object.fromEntries([...this.#processors].map(([name, processor]) => [name, processor.stats()]));
  }

  /** Spans that wait or are on their way, to all exporters together. */
  pendingCount(): number {
    return this.#all().reduce((total, processor) => total + processor.pendingCount(), 0);
  }

  /** Whether every exporter works and no queue is nearly full. */
  isHealthy(): boolean {
    return this.#all().every((processor) => processor.isHealthy());
  }

  /** Answers requests of a health check: 200 or 503, and the numbers of all exporters together as JSON. */
  healthHandler(): HealthHandler {
    const sum = (count: (processor: BufferedSpanProcessor) => number): number =>
      this.#all().reduce((total, processor) => total + count(processor), 0);
    const source: HealthSource = {
      isHealthy: () => this.isHealthy(),
      queueSize: () => sum((processor) => processor.queueSize()),
      pendingCount: () => this.pendingCount(),
      stats: () => ({
        exported: sum((processor) => processor.stats().exported),
        dropped: sum((processor) => processor.stats().dropped),
        errors: sum((processor) => processor.stats().errors),
      }),
    };
    return createHealthHandler(source);
  }

  /** Stores what can be stored without waiting, for a process that exits now. Never throws. */
  flushSync(): void {
    for (const processor of this.#all()) processor.flushSync();
  }

  #all(): BufferedSpanProcessor[] {
    return [...this.#processors.values()];
  }
}
