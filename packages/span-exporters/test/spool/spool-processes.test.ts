import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startNode, startOtlpReceiver, waitUntil } from '@genspan/test-utils';
import type { NodeProcess, OtlpFault, OtlpReceiver } from '@genspan/test-utils';
import { atEnd, cleanUp, namesIn, spoolFiles, temporaryDirectory } from './spool-harness.js';

// The children run the built packages.
jest.setTimeout(120_000);
afterEach(cleanUp);

const SHORT_PAUSES = { initialBackoffMillis: 5, maxBackoffMillis: 50 };
const FIXTURE = join(__dirname, 'fixtures/spooling-process.mjs');

interface Task {
  readonly task: string;
  readonly directory: string;
  readonly url: string;
  readonly prefix: string;
  readonly batchSize?: number;
  readonly batches?: number;
  readonly inner?: 'sdk';
  readonly options?: object;
}

function start(task: Task): NodeProcess {
  const child = startNode({
    args: [FIXTURE],
    env: { TASK: JSON.stringify({ ...task, url: `${task.url}/v1/traces` }) },
    timeoutMillis: 60_000,
  });
  atEnd(() => child.kill('SIGKILL'));
  return child;
}

/** The ids that a process says were acknowledged; its last line may be torn. */
function acknowledged(stdout: string): string[] {
  return [...stdout.matchAll(/^ack (\w{8}) (\d+) (\d+)\n/gm)].flatMap(([, prefix = '', first, count]) =>
    Array.from({ length: Number(count) }, (_, i) => prefix + (Number(first) + i).toString(16).padStart(8, '0')),
  );
}

async function startReceiver(fault?: (index: number) => OtlpFault | undefined): Promise<OtlpReceiver> {
  const receiver = await startOtlpReceiver({ fault: (_signal, index) => fault?.(index) });
  atEnd(() => receiver.close());
  return receiver;
}

function received(receiver: OtlpReceiver): { ids: Set<string>; duplicates: number } {
  const ids = new Set(receiver.spans.map(({ spanId }) => spanId));
  return { ids, duplicates: receiver.spans.length - ids.size };
}

const missing = (receiver: OtlpReceiver, wanted: readonly string[]): string[] => {
  const { ids } = received(receiver);
  return wanted.filter((id) => !ids.has(id));
};

it('delivers after kill -9 at any moment everything that was acknowledged', async () => {
  const rounds = Number(process.env['GENSPAN_SPOOL_KILLS'] ?? 8);
  // Half of the requests fail, so that there is something to recover.
  let isLenient = false;
  const receiver = await startReceiver((index) => (isLenient || index % 2 === 0 ? undefined : { status: 503 }));
  const directory = temporaryDirectory();
  const wanted: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const prefix = `aa${round.toString(16).padStart(6, '0')}`;
    const child = start({ task: 'load', directory, url: receiver.url, prefix, options: SHORT_PAUSES });
    await child.waitForOutput(/^ack/m);
    // A moment that differs: after so many requests of any kind.
    const requests = receiver.requests.length + Math.floor(Math.random() * 60);
    await waitUntil(
      () => receiver.requests.length >= requests,
      20_000,
      () => `${requests} requests`,
    );
    child.kill('SIGKILL');
    const { stdout, signal } = await child.finished;
    expect(signal).toBe('SIGKILL');
    wanted.push(...acknowledged(stdout));
  }
  isLenient = true;
  const last = start({ task: 'drain', directory, url: receiver.url, prefix: 'bb000000' });
  const { stdout, stderr, exitCode } = await last.finished;
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const stats: unknown = JSON.parse(/^stats (.*)$/m.exec(stdout)?.[1] ?? '');
  expect(stats).toMatchObject({ failedSpans: 0, evictedSpans: 0, corruptFiles: 0, pendingSpans: 0 });
  expect(wanted.length).toBeGreaterThan(rounds * 10);
  expect(missing(receiver, wanted)).toEqual([]);
  expect(namesIn(directory)).toEqual([]);
  const { duplicates } = received(receiver);
  process.stderr.write(
    `${rounds} kills: ${wanted.length} spans acknowledged, 0 missing, ${duplicates} arrived twice\n`,
  );
});

it('lets three processes share a directory: every span arrives once', async () => {
  const receiver = await startReceiver((index) => (index % 5 === 3 ? { status: 503 } : undefined));
  const directory = temporaryDirectory();
  const children = ['cc000001', 'cc000002', 'cc000003'].map((prefix) =>
    start({ task: 'work', directory, url: receiver.url, prefix, batches: 100 }),
  );
  const ends = await Promise.all(children.map((child) => child.finished));
  expect(ends.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
    ends.map(() => ({ exitCode: 0, stderr: '' })),
  );
  const wanted = ends.flatMap(({ stdout }) => acknowledged(stdout));
  // What one had no time for, another may have taken over, or is left.
  const drain = await start({ task: 'drain', directory, url: receiver.url, prefix: 'cc000004' }).finished;
  expect(drain.exitCode).toBe(0);
  expect(wanted).toHaveLength(3_000);
  expect(missing(receiver, wanted)).toEqual([]);
  expect(received(receiver).duplicates).toBe(0);
  expect(namesIn(directory)).toEqual([]);
});

it('sends what a dead process left while others work in the same directory', async () => {
  const directory = temporaryDirectory();
  let isUp = false;
  const receiver = await startReceiver(() => (isUp ? undefined : { status: 503 }));
  const victim = start({ task: 'load', directory, url: receiver.url, prefix: 'dd000001' });
  await victim.waitForOutput(/^(ack.*\n){20}/m);
  victim.kill('SIGKILL');
  const { stdout } = await victim.finished;
  const left = acknowledged(stdout);
  const workers = ['dd000002', 'dd000003'].map((prefix) =>
    start({ task: 'load', directory, url: receiver.url, prefix }),
  );
  await Promise.all(workers.map((worker) => worker.waitForOutput(/^ack/m)));
  isUp = true;
  await waitUntil(
    () => missing(receiver, left).length === 0,
    20_000,
    () => `the spans of the dead, ${missing(receiver, left).length} are missing`,
  );
  const ids = receiver.spans.map(({ spanId }) => spanId).filter((id) => id.startsWith('dd000001'));
  expect(new Set(ids).size).toBe(ids.length);
  for (const worker of workers) worker.kill('SIGKILL');
  const ends = await Promise.all(workers.map((worker) => worker.finished));
  const drain = await start({ task: 'drain', directory, url: receiver.url, prefix: 'dd000004' }).finished;
  expect(drain.exitCode).toBe(0);
  expect(
    missing(
      receiver,
      ends.flatMap((end) => acknowledged(end.stdout)),
    ),
  ).toEqual([]);
});

it('lets threads of a process share a directory', async () => {
  const receiver = await startReceiver();
  const directory = temporaryDirectory();
  const { stdout, stderr, exitCode } = await start({
    task: 'threads',
    directory,
    url: receiver.url,
    prefix: 'ee000000',
    batches: 30,
  }).finished;
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const wanted = acknowledged(stdout);
  expect(wanted).toHaveLength(900);
  expect(missing(receiver, wanted)).toEqual([]);
  expect(received(receiver).duplicates).toBe(0);
});

it.each([
  ['process.exit() after export() and flushSync()', 'exitAfterFlushSync', 0, 200],
  ['process.exit() and exportSync()', 'exitAfterExportSync', 0, 10],
  ['an error that nobody catches', 'crash', 1, 250],
])('has everything on the disk after %s', async (_what, task, code, count) => {
  const receiver = await startReceiver(() => ({ status: 503 }));
  const directory = temporaryDirectory();
  const { stdout, exitCode } = await start({ task, directory, url: receiver.url, prefix: 'ff000000' }).finished;
  expect(exitCode).toBe(code);
  const wanted = acknowledged(stdout);
  expect(new Set(wanted).size).toBe(count);
  const up = await startReceiver();
  const drain = await start({ task: 'drain', directory, url: up.url, prefix: 'ff000001' }).finished;
  expect(drain.exitCode).toBe(0);
  expect(missing(up, wanted)).toEqual([]);
  expect(received(up).duplicates).toBe(0);
});

it('gives decoded spans to an exporter of the SDK', async () => {
  const receiver = await startReceiver();
  const directory = temporaryDirectory();
  const task = { task: 'work', directory, url: receiver.url, prefix: 'ab000000', batches: 5, inner: 'sdk' } as const;
  const { stdout, stderr, exitCode } = await start(task).finished;
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(received(receiver)).toEqual({ ids: new Set(acknowledged(stdout)), duplicates: 0 });
  expect(receiver.spans[0]?.attributes).toEqual({ text: 'x'.repeat(300) });
});

it('does not keep a process alive that has nothing else to do, also while the receiver is down', async () => {
  const receiver = await startReceiver(() => ({ status: 503 }));
  const directory = temporaryDirectory();
  const child = start({ task: 'idle', directory, url: receiver.url, prefix: 'ac000000' });
  const { exitCode, timedOut, durationMillis } = await child.finished;
  expect({ exitCode, timedOut }).toEqual({ exitCode: 0, timedOut: false });
  expect(durationMillis).toBeLessThan(10_000);
  expect(spoolFiles(directory).map(({ spanCount }) => spanCount)).toEqual([10]);
});

it('has files that curl can send', async () => {
  const down = await startReceiver(() => ({ status: 503 }));
  const directory = temporaryDirectory();
  const task = { directory, url: down.url, prefix: 'ad000000' };
  await start({ ...task, task: 'exitAfterFlushSync' }).finished;
  const receiver = await startReceiver();
  const files = spoolFiles(directory);
  expect(files.length).toBeGreaterThan(0);
  for (const { path } of files) {
    const header = 'content-type: application/x-protobuf';
    const send = ['--silent', '--fail', '--data-binary', `@${path}`, '-H', header, `${receiver.url}/v1/traces`];
    // Not synchronously: the receiver is in this process.
    await promisify(execFile)('curl', send);
  }
  expect(receiver.spans).toHaveLength(200);
});
