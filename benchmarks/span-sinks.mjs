// Where spans end in the benchmarks of processors: nothing is sent, but all of it is counted.

import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

/** The SDK's batch processor with an exporter that does nothing, and a queue in which no span of a benchmark is lost. */
export function createBatchSink(maxQueueSize) {
  const exporter = new DiscardingSpanExporter();
  const processor = new BatchSpanProcessor(exporter, { maxQueueSize });
  return { processor, spans: () => exporter.spans };
}

/** A processor that does nothing. */
export function createBareSink() {
  const processor = new DiscardingSpanProcessor();
  return { processor, spans: () => processor.spans };
}

class DiscardingSpanExporter {
  spans = 0;

  export(spans, resultCallback) {
    this.spans += spans.length;
    resultCallback({ code: 0 });
  }

  async shutdown() {}
}

class DiscardingSpanProcessor {
  spans = 0;

  onStart() {}

  onEnd() {
    this.spans++;
  }

  async forceFlush() {}
  async shutdown() {}
}
