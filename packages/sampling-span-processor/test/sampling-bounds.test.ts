import type { Span } from '@opentelemetry/api';
import { SampledProvider, remoteParent, traceIdAt } from './sampled-provider.js';

/** Spans at rate 0 that only an error can keep: they have to wait. */
const WAITING = { rate: 0.25 };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function fail(span: Span): void {
  span.setStatus({ code: 2 });
  span.end();
}

describe('decisionWaitMillis', () => {
  test('decides a trace whose root never ends with what is there', () => {
    const app = new SampledProvider({ ...WAITING, decisionWaitMillis: 1000 });
    const kept = app.start('kept', { traceId: traceIdAt(0.9) });
    app.start('kept child', { parent: kept }).end();
    const dropped = app.start('dropped', { traceId: traceIdAt(0.1) });
    app.start('dropped child', { parent: dropped }).end();
    jest.advanceTimersByTime(999);
    expect(app.sampling.stats().spans).toMatchObject({ buffered: 2, kept: 0 });
    jest.advanceTimersByTime(1);
    expect(app.names()).toEqual(['kept child']);
    expect(app.sampling.stats()).toMatchObject({
      traces: { kept: 1, dropped: 1, waiting: 0 },
      spans: { buffered: 0, bufferedBytes: 0, open: 2 },
      forced: { decisionWait: 2 },
    });
  });

  test('counts the time that the trace has run as its duration', () => {
    const app = new SampledProvider({ rate: 0, keepSlow: true, slowThresholdMillis: 500, decisionWaitMillis: 1000 });
    const root = app.start('root');
    app.start('child', { parent: root }).end();
    jest.advanceTimersByTime(1000);
    expect(app.names()).toEqual(['child']);
  });

  test('judges what comes after it again, while the root is open', () => {
    const app = new SampledProvider({ ...WAITING, decisionWaitMillis: 1000 });
    const root = app.start('root', { traceId: traceIdAt(0.1) });
    app.start('early', { parent: root }).end();
    jest.advanceTimersByTime(1000);
    app.start('later', { parent: root }).end();
    fail(root);
    expect(app.names()).toEqual(['later', 'root']);
    expect(app.sampling.stats().traces).toMatchObject({ started: 2, kept: 1, dropped: 1 });
  });

  test('keeps the end of a root that was given up, if it failed', () => {
    const app = new SampledProvider({ ...WAITING, decisionWaitMillis: 1000 });
    const failing = app.start('failing', { traceId: traceIdAt(0.1) });
    const fine = app.start('fine', { traceId: traceIdAt(0.1, 2) });
    jest.advanceTimersByTime(10_000);
    expect(app.sampling.stats().remembered).toBe(2);
    fail(failing);
    fine.end();
    expect(app.names()).toEqual(['failing']);
  });

  test('waits again for a root that was given up when something of its trace ends', () => {
    const app = new SampledProvider({ ...WAITING, decisionWaitMillis: 1000 });
    const root = app.start('root', { traceId: traceIdAt(0.1) });
    const fine = app.start('fine', { parent: root });
    const failing = app.start('failing', { parent: root });
    jest.advanceTimersByTime(10_000);
    fine.end();
    expect(app.sampling.stats().spans).toMatchObject({ buffered: 1, late: { dropped: 0 } });
    fail(failing);
    root.end();
    expect(app.names()).toEqual(['fine', 'failing', 'root']);
    expect(app.sampling.stats()).toMatchObject({
      traces: { started: 1, kept: 1, waiting: 0 },
      spans: { kept: 3, dropped: 0, late: { kept: 0, dropped: 0 } },
    });
  });

  test('leaves the rest of a kept trace on its way', () => {
    const app = new SampledProvider({ ...WAITING, decisionWaitMillis: 1000 });
    const root = app.start('root', { traceId: traceIdAt(0.9) });
    app.start('early', { parent: root }).end();
    jest.advanceTimersByTime(1000);
    app.start('later', { parent: root }).end();
    expect(app.names()).toEqual(['early', 'later']);
    root.end();
    expect(app.one('root').attributes).toMatchObject({
      'genspan.sampling.reason': 'rate',
      'genspan.trace.span_count': 3,
    });
  });

  test('waits from the first span of each trace, without a timer for each', () => {
    const app = new SampledProvider({ ...WAITING, decisionWaitMillis: 1000 });
    for (let i = 0; i < 10; i++) {
      app.start('child', { parent: app.start(`root ${i}`, { traceId: traceIdAt(0.9, i + 1) }) }).end();
      jest.advanceTimersByTime(100);
    }
    expect(jest.getTimerCount()).toBe(1);
    expect(app.names()).toHaveLength(1);
    jest.advanceTimersByTime(450);
    expect(app.names()).toHaveLength(5);
  });
});

describe('maxTraces', () => {
  test('decides the oldest trace at once and counts it', () => {
    const app = new SampledProvider({ ...WAITING, maxTraces: 2 });
    const roots = [1, 2, 3].map((n) => {
      const root = app.start(`root ${n}`, { traceId: traceIdAt(0.9, n) });
      app.start(`child ${n}`, { parent: root }).end();
      return root;
    });
    expect(app.names()).toEqual(['child 1']);
    expect(app.sampling.stats()).toMatchObject({
      traces: { kept: 1, waiting: 2, evicted: 1 },
      forced: { maxTraces: 1 },
    });
    for (const root of roots) root.end();
    expect(app.names()).toEqual(['child 1', 'root 1', 'child 2', 'root 2', 'child 3', 'root 3']);
  });

  test('bounds what is remembered, too', () => {
    const app = new SampledProvider({ ...WAITING, maxTraces: 10 });
    for (let i = 1; i <= 100; i++) app.run('root', { traceId: traceIdAt(0.1, i) });
    expect(app.sampling.stats()).toMatchObject({ remembered: 10, traces: { started: 100, dropped: 100 } });
  });

  test('keeps the failure of a root whose trace had to make room', () => {
    const app = new SampledProvider({ ...WAITING, maxTraces: 2 });
    const first = app.start('first', { traceId: traceIdAt(0.1, 1) });
    app.start('child', { parent: first }).end();
    for (const n of [2, 3]) app.start('other', { traceId: traceIdAt(0.1, n) });
    fail(first);
    expect(app.names()).toEqual(['first']);
  });
});

describe('maxSpansPerTrace', () => {
  test('decides a trace that has that many spans, and lets the rest follow when it is kept', () => {
    const app = new SampledProvider({ ...WAITING, maxSpansPerTrace: 3 });
    const root = app.start('root', { traceId: traceIdAt(0.9) });
    for (const name of ['a', 'b']) app.start(name, { parent: root }).end();
    expect(app.names()).toEqual([]);
    app.start('c', { parent: root }).end();
    expect(app.names()).toEqual(['a', 'b', 'c']);
    app.start('d', { parent: root }).end();
    root.end();
    expect(app.names()).toEqual(['a', 'b', 'c', 'd', 'root']);
    expect(app.sampling.stats()).toMatchObject({
      traces: { started: 1, kept: 1, evicted: 1 },
      forced: { maxSpansPerTrace: 1 },
    });
  });

  test('bounds a trace without an end, and keeps its error', () => {
    const app = new SampledProvider({ ...WAITING, maxSpansPerTrace: 10 });
    const root = app.start('root', { traceId: traceIdAt(0.1) });
    for (let i = 0; i < 1005; i++) {
      app.start('child', { parent: root }).end();
      expect(app.sampling.stats().spans.buffered).toBeLessThan(10);
    }
    fail(root);
    expect(app.names()).toEqual(['child', 'child', 'child', 'child', 'child', 'root']);
    expect(app.sampling.stats()).toMatchObject({
      spans: { dropped: 1000, kept: 6 },
      forced: { maxSpansPerTrace: 100 },
    });
  });

  test('of 1 decides each span by itself', () => {
    const app = new SampledProvider({ ...WAITING, maxSpansPerTrace: 1 });
    app.run('root', {
      traceId: traceIdAt(0.1),
      children: [{ name: 'fine' }, { name: 'bad', failed: true }, { name: 'next' }],
    });
    expect(app.names()).toEqual(['bad', 'next', 'root']);
  });
});

describe('maxBufferedBytes', () => {
  test('decides oldest traces until there is room', () => {
    const app = new SampledProvider({ ...WAITING, maxBufferedBytes: 100_000 });
    const big = { attributes: { content: 'x'.repeat(20_000) } };
    const roots = Array.from({ length: 8 }, (_, i) => app.start(`root ${i}`, { traceId: traceIdAt(0.9, i + 1) }));
    for (const parent of roots) {
      app.start('child', { parent, ...big }).end();
      expect(app.sampling.stats().spans.bufferedBytes).toBeLessThanOrEqual(100_000);
    }
    expect(app.names()).toHaveLength(6);
    expect(app.sampling.stats().forced.maxBufferedBytes).toBe(6);
  });

  test('decides a trace at once that is too big alone', () => {
    const app = new SampledProvider({ ...WAITING, maxBufferedBytes: 10_000 });
    app.run('root', {
      traceId: traceIdAt(0.9),
      children: [{ name: 'huge', attributes: { content: 'x'.repeat(10_000) } }],
    });
    expect(app.names()).toEqual(['huge', 'root']);
    expect(app.sampling.stats().spans).toMatchObject({ buffered: 0, bufferedBytes: 0 });
  });
});

describe('forceFlush', () => {
  test('hands on what would be kept, and lets the rest wait', async () => {
    const app = new SampledProvider(WAITING);
    const kept = app.start('kept', { traceId: traceIdAt(0.9) });
    app.start('kept child', { parent: kept }).end();
    const open = app.start('open', { traceId: traceIdAt(0.1) });
    app.start('open child', { parent: open }).end();
    await app.provider.forceFlush();
    expect(app.names()).toEqual(['kept child']);
    kept.end();
    fail(open);
    expect(app.names()).toEqual(['kept child', 'kept', 'open child', 'open']);
    expect(app.sampling.stats()).toMatchObject({ traces: { started: 2, kept: 2 }, forced: { forceFlush: 1 } });
  });
});

describe('shutdown', () => {
  test('decides everything in flight, before anything is awaited', async () => {
    const app = new SampledProvider(WAITING);
    const kept = app.start('kept', { traceId: traceIdAt(0.9) });
    app.start('kept child', { parent: kept }).end();
    const dropped = app.start('dropped', { traceId: traceIdAt(0.1) });
    app.start('dropped child', { parent: dropped }).end();
    const shutdown = app.provider.shutdown();
    expect(app.names()).toEqual(['kept child']);
    await shutdown;
    expect(app.sampling.stats()).toMatchObject({
      traces: { kept: 1, dropped: 1, waiting: 0 },
      forced: { shutdown: 2 },
    });
    expect(jest.getTimerCount()).toBe(0);
  });

  test('counts what ends afterwards, holds nothing and sets no timer', async () => {
    const app = new SampledProvider(WAITING);
    const open = app.start('open');
    await app.sampling.shutdown();
    open.end();
    app.run('new', { children: [{}] });
    app.start('never ended', { parent: remoteParent(traceIdAt(0.1)) });
    expect(app.names()).toEqual([]);
    expect(app.sampling.stats().spans).toMatchObject({ started: 4, afterShutdown: 3, open: 1, buffered: 0 });
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('maxTracesPerSecond', () => {
  test('keeps as many traces as there are places, those of the highest randomness, and raises their threshold', () => {
    const app = new SampledProvider({ maxTracesPerSecond: 2 });
    for (const share of [0.5, 0.25, 0.75, 0.9]) app.run(`at ${share}`, { traceId: traceIdAt(share) });
    expect(app.names()).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(app.names().sort()).toEqual(['at 0.75', 'at 0.9']);
    expect(app.exported().map((span) => span.attributes['genspan.sampling.rate'])).toEqual([
      expect.closeTo(0.5),
      expect.closeTo(0.5),
    ]);
    expect(app.sampling.stats()).toMatchObject({ traces: { kept: 2, dropped: 2, limited: 2 }, spans: { buffered: 0 } });
  });

  test('takes errors first', () => {
    const app = new SampledProvider({ maxTracesPerSecond: 1 });
    app.run('fine', { traceId: traceIdAt(0.9) });
    app.run('failed', { traceId: traceIdAt(0.1), children: [{ failed: true }] });
    jest.advanceTimersByTime(1000);
    expect(app.names()).toEqual(['child', 'failed']);
  });

  test('of a rule limits the traces of that rule', () => {
    const app = new SampledProvider({ rules: [{ name: 'chat', matchNames: ['chat'], maxTracesPerSecond: 1 }] });
    for (const share of [0.2, 0.8, 0.4]) app.run('chat', { traceId: traceIdAt(share) });
    for (const n of [1, 2, 3]) app.run('other', { traceId: traceIdAt(0.1, n) });
    jest.advanceTimersByTime(1000);
    expect(app.names()).toEqual(['other', 'other', 'other', 'chat']);
    expect(app.one('chat').spanContext().traceId).toBe(traceIdAt(0.8));
  });

  test('lets late spans of a candidate wait with it', () => {
    const app = new SampledProvider({ maxTracesPerSecond: 1 });
    const root = app.start('root');
    const child = app.start('child', { parent: root });
    root.end();
    child.end();
    expect(app.names()).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(app.names()).toEqual(['root', 'child']);
  });

  test('is decided at shutdown', async () => {
    const app = new SampledProvider({ maxTracesPerSecond: 1 });
    app.run('low', { traceId: traceIdAt(0.1) });
    app.run('high', { traceId: traceIdAt(0.9) });
    await app.provider.shutdown();
    expect(app.names()).toEqual(['high']);
    expect(app.sampling.stats().traces).toMatchObject({ kept: 1, dropped: 1, waiting: 0 });
  });
});

describe('adaptive', () => {
  test('counts errors towards the target, also when they are kept as soon as they are seen', () => {
    const app = new SampledProvider({ adaptive: { targetTracesPerSecond: 10 } });
    let traces = 1e6;
    /** Ordinary traces that are kept in ten seconds of 20 ordinary traces each. */
    const ordinary = (errorsPerSecond: number): number => {
      const before = app.names().filter((name) => name === 'ordinary').length;
      for (let second = 0; second < 10; second++) {
        for (let i = 0; i < errorsPerSecond; i++) app.run('failed', { children: [{ failed: true }] });
        for (let i = 0; i < 20; i++) app.run('ordinary', { traceId: traceIdAt((i + 0.5) / 20, ++traces) });
        jest.advanceTimersByTime(1000);
      }
      return app.names().filter((name) => name === 'ordinary').length - before;
    };
    ordinary(0);
    expect(ordinary(0)).toBeGreaterThan(80);
    ordinary(20);
    expect(ordinary(20)).toBe(0);
  });
});
