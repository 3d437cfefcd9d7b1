import type { SpanProcessorLike } from '@genspan/span-processor-base';

/** Notes each call as "name method", then fails if it is to. */
export class RecordingSpanProcessor implements SpanProcessorLike {
  constructor(
    private readonly name: string,
    private readonly calls: string[],
    private readonly failure?: Error,
  ) {}

  onStart(): void {
    this.note('onStart');
  }

  onEnding(): void {
    this.note('onEnding');
  }

  onEnd(): void {
    this.note('onEnd');
  }

  async forceFlush(): Promise<void> {
    this.note('forceFlush');
  }

  async shutdown(): Promise<void> {
    this.note('shutdown');
  }

  private note(method: string): void {
    this.calls.push(`${this.name} ${method}`);
    if (this.failure !== undefined) throw this.failure;
  }
}
