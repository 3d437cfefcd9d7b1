import { Writable } from 'node:stream';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { BatchSpanProcessor, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { ConsoleTreeSpanExporter } from '../src/console-tree-span-exporter.js';
import { exported, realSpans } from './real-spans.js';

class Screen extends Writable {
  text = '';
  isTTY: boolean | undefined;
  hasColors: (() => boolean) | undefined;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const ESCAPE = String.fromCharCode(27);

afterEach(() => jest.useRealTimers());

test('a real TracerProvider and BatchSpanProcessor print one tree for a trace', async () => {
  const stream = new Screen();
  const exporter = new ConsoleTreeSpanExporter({ stream });
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('app');
  const root = tracer.startSpan('root');
  tracer.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, root)).end();
  root.end();
  await provider.shutdown();
  expect(stream.text).toMatch(/^\n.*trace [0-9a-f]{32}\nroot .*\n└─ child .*\n.* · 2 spans\n$/);
  expect(exporter.stats()).toEqual({ printedSpans: 2, waitingSpans: 0, failures: {} });
});

test('with a SimpleSpanProcessor too, and prints a span that ends after its root when it comes', async () => {
  const stream = new Screen();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: new ConsoleTreeSpanExporter({ stream }) })],
  });
  const tracer = provider.getTracer('app');
  const root = tracer.startSpan('root');
  const below = trace.setSpan(ROOT_CONTEXT, root);
  const late = tracer.startSpan('late', {}, below);
  tracer.startSpan('child', {}, below).end();
  root.end();
  await provider.forceFlush();
  expect(stream.text).toContain('└─ child');
  late.end();
  await provider.forceFlush();
  expect(stream.text).toMatch(/ended after the rest was printed\)\nlate /);
});

test.each([
  ['a terminal', true, () => true, true],
  ['a terminal that says it has no colours', true, () => false, false],
  ['a pipe', undefined, undefined, false],
])('chooses colour by itself: %s', async (_, isTTY, hasColors, colored) => {
  const stream = new Screen();
  stream.isTTY = isTTY;
  stream.hasColors = hasColors;
  await exported(new ConsoleTreeSpanExporter({ stream }), realSpans({ name: 'root' }));
  expect(stream.text.includes(ESCAPE)).toBe(colored);
});

test('the option decides about colour where it is given', async () => {
  const stream = new Screen();
  await exported(new ConsoleTreeSpanExporter({ stream, color: true }), realSpans({ name: 'root' }));
  expect(stream.text).toContain(ESCAPE);
});

test('prints what waits for its root on forceFlush()', async () => {
  const stream = new Screen();
  const exporter = new ConsoleTreeSpanExporter({ stream });
  const spans = realSpans({ name: 'root', children: [{ name: 'child' }] }).filter(({ name }) => name === 'child');
  await exported(exporter, spans);
  expect(stream.text).toBe('');
  expect(exporter.stats().waitingSpans).toBe(1);
  await exporter.forceFlush();
  expect(stream.text).toMatch(/its root has not ended yet\)\nchild /);
});

test('prints what has waited long enough, and again for the next', async () => {
  jest.useFakeTimers();
  const stream = new Screen();
  const exporter = new ConsoleTreeSpanExporter({ stream, waitMillis: 1_000 });
  const orphan = (name: string) =>
    realSpans({ name: 'root', children: [{ name }] }).filter((span) => span.name === name);
  await exported(exporter, orphan('first'));
  await jest.advanceTimersByTimeAsync(600);
  await exported(exporter, orphan('second'));
  await jest.advanceTimersByTimeAsync(400);
  expect(stream.text).toContain('first');
  expect(stream.text).not.toContain('second');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(stream.text).toContain('second');
});

test('waiting for a root does not keep the process alive', async () => {
  const spans = realSpans({ name: 'root', children: [{ name: 'child' }] }).filter(({ name }) => name === 'child');
  const exporter = new ConsoleTreeSpanExporter({ stream: new Screen() });
  const timers = jest.spyOn(globalThis, 'setTimeout');
  await exported(exporter, spans);
  const results = timers.mock.results.map(({ value }) => value as NodeJS.Timeout);
  timers.mockRestore();
  expect(results.map((timer) => timer.hasRef())).toEqual([false]);
  await exporter.shutdown();
});

test('a closed pipe is counted and does not end the process', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  const exporter = new ConsoleTreeSpanExporter({ stream });
  await exported(exporter, realSpans({ name: 'root' }));
  await exporter.shutdown();
  expect(exporter.stats().failures).toEqual({ write: 1 });
});

test('survives a span that cannot be read', async () => {
  const stream = new Screen();
  const exporter = new ConsoleTreeSpanExporter({ stream });
  const [bad] = realSpans({ name: 'bad' });
  const broken = Object.create(bad ?? {}, {
    attributes: {
      get: () => {
        throw new Error('no');
      },
    },
  }) as NonNullable<typeof bad>;
  await exported(exporter, [broken]);
  await exported(exporter, realSpans({ name: 'good' }));
  expect(stream.text).toContain('good');
  expect(exporter.stats().failures).toEqual({ render: 1 });
});

test('after shutdown every export fails and nothing is printed', async () => {
  const stream = new Screen();
  const exporter = new ConsoleTreeSpanExporter({ stream });
  await exporter.shutdown();
  expect(await exported(exporter, realSpans({ name: 'root' }))).toMatchObject({ code: 1 });
  expect(stream.text).toBe('');
});

test.each([
  [{ stream: {} }, 'Expected `stream` to be a writable stream, got an object'],
  [{ verbose: 'yes' }, 'Expected `verbose` to be true or false, got `"yes"`'],
  [{ maxSpans: 0 }, 'Expected `maxSpans` to be an integer of at least 1, got `0`'],
  [{ colour: true }, 'got `"colour"`'],
])('refuses the options %j', (options, message) => {
  expect(() => void Reflect.construct(ConsoleTreeSpanExporter, [options])).toThrow(message);
});
