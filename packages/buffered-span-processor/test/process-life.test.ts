import { join } from 'node:path';
import { runNode } from '@genspan/test-utils';

const PACKAGE = join(__dirname, '..');

/** Runs a program against the built package, which `npm test` builds, in a process of its own. */
function run(program: string) {
  const source = `
    const { BasicTracerProvider } = require('@opentelemetry/sdk-trace-base');
    const { BufferedSpanProcessor } = require('@genspan/buffered-span-processor');
    const open = (options, exportSpans) => {
      const exporter = { export: exportSpans, shutdown: async () => {} };
      const processor = new BufferedSpanProcessor({ exporter, ...options });
      const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('test');
      return { processor, end: () => tracer.startSpan('span').end() };
    };
    ${program}`;
  return runNode({ args: ['--expose-gc', '-e', source], cwd: PACKAGE, timeoutMillis: 20_000 });
}

test('queued spans, a hung export and a warning keep no process running', async () => {
  const result = await run(`
    const { end } = open({ maxQueueSize: 2, maxBatchSize: 1, maxConcurrentExports: 1 }, () => {});
    end(); end(); end(); end();
    setImmediate(() => setImmediate(() => end()));
  `);
  expect(result).toMatchObject({ exitCode: 0, stderr: '', timedOut: false });
  // The delay of a batch is 5 s.
  expect(result.durationMillis).toBeLessThan(4500);
});

test.each(['forceFlush', 'shutdown'])('%s() keeps the process until the exporter has answered', async (method) => {
  const result = await run(`
    const { processor, end } = open({}, (spans, answer) => { setTimeout(answer, 200, { code: 0 }).unref(); });
    end();
    processor.${method}().then(() => console.log('exported', processor.stats().exported));
  `);
  expect(result).toMatchObject({ exitCode: 0, stdout: 'exported 1\n', stderr: '' });
});

test('a shutdown with an exporter that hangs ends within its time', async () => {
  const result = await run(`
    const { processor, end } = open({ shutdownTimeoutMillis: 300 }, () => {});
    end();
    const started = performance.now();
    processor.shutdown().then(() => console.log(performance.now() - started < 1500, processor.stats().dropped));
  `);
  expect(result).toMatchObject({ exitCode: 0, stdout: 'true 1\n' });
});

test('nothing that has left is referred to', async () => {
  const result = await run(`
    let left = 0;
    const registry = new FinalizationRegistry(() => left++);
    let batches = 0;
    // Exported, failed, timed out and never answered.
    const { processor, end } = open({ maxBatchSize: 10, maxQueueSize: 40, exportTimeoutMillis: 50, dropPolicy: 'leastImportant' }, (spans, answer) => {
      for (const span of spans) registry.register(span);
      const batch = batches++ % 3;
      if (batch < 2) answer({ code: batch });
    });
    (async () => {
      for (let i = 0; i < 300; i++) { end(); if (i % 20 === 0) await processor.forceFlush(); }
      // A flush ends with its time, on a busy machine before the last export has timed out.
      while (processor.pendingCount() > 0) await processor.forceFlush();
      const { received, exported, dropped, droppedByReason: { queue_full = 0 } } = processor.stats();
      for (let i = 0; i < 20 && left < received - queue_full; i++) { gc(); await new Promise(setImmediate); }
      console.log(received - exported - dropped, processor.pendingCount(), received - queue_full - left);
      // The processor is still here.
      processor.stats();
    })();
  `);
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  const [missing, pending, kept] = result.stdout.trim().split(' ').map(Number);
  expect([(missing ?? 0) - (pending ?? 0), pending]).toEqual([0, 0]);
  // The last batch may be on the stack or in a register still.
  expect(kept).toBeLessThanOrEqual(10);
});
