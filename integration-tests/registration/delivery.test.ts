import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab, NOBODY, diagLines } from './preloaded-app.js';

jest.setTimeout(60_000);

const CHAT = ['ends.mjs', 'naturally'];
const SPAN = 'chat gpt-4o-mini';
/** Spans alone leave, and what does not arrive is not waited for long. */
const SPANS_ONLY = {
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS: '500',
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'genspan-delivery-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Names of the spans in the OTLP JSON files of a directory. */
function dumped(directory: string): string[] {
  return readdirSync(directory).flatMap((file) => {
    const text = readFileSync(join(directory, file), 'utf8');
    return [...text.matchAll(/"name":"(chat [^"]*)"/g)].map(([, name = '']) => name);
  });
}

describe('delivery of a preloaded process', () => {
  it('stores what it cannot send in the spool, and the next process sends it', async () => {
    const lab = await Lab.open();
    const env = { ...SPANS_ONLY, OTEL_GENSPAN_EXPORT_SPOOL_DIR: join(folder, 'spool') };
    const first = await lab.run({ args: CHAT, env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: NOBODY } });
    expect(first).toMatchObject({ exitCode: 0, stdout: 'chatted\n' });
    expect(lab.spanNames).toEqual([]);
    const second = await lab.run({ args: CHAT, env });
    expect(second).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.spanNames).toEqual([SPAN, SPAN]);
    expect(new Set(lab.receiver.spans.map((span) => span.spanId)).size).toBe(2);
    await lab.close();
  });

  it('writes what failed for good, and everything, where it is told to', async () => {
    const lab = await Lab.open({ fault: (signal) => (signal === 'traces' ? { status: 400 } : undefined) });
    const result = await lab.run({
      args: CHAT,
      env: {
        ...SPANS_ONLY,
        OTEL_GENSPAN_EXPORT_FAILED_PAYLOADS_DIR: join(folder, 'failed'),
        OTEL_GENSPAN_EXPORT_ALL_PAYLOADS_DIR: join(folder, 'all'),
      },
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'chatted\n' });
    expect(lab.receiver.requests).toHaveLength(1);
    expect(dumped(join(folder, 'failed'))).toEqual([SPAN]);
    expect(dumped(join(folder, 'all'))).toEqual([SPAN]);
    await lab.close();
  });

  it.each([
    ['is busy at first', {}, 2],
    ['is busy, and nothing is to be sent again', { OTEL_GENSPAN_EXPORT_RETRIES: '0' }, 1],
  ])('sends again, as often as it is told to, when the receiver %s', async (_, env, requests) => {
    const busy = { status: 503, headers: { 'retry-after': '0' } };
    const lab = await Lab.open({ fault: (signal, index) => (signal === 'traces' && index === 0 ? busy : undefined) });
    const result = await lab.run({
      args: CHAT,
      env: { ...SPANS_ONLY, OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS: '5000', ...env },
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'chatted\n' });
    expect(lab.receiver.requests).toHaveLength(requests);
    expect(lab.spanNames).toEqual(requests === 2 ? [SPAN] : []);
    const lost = diagLines(result).filter((line) => line.includes('export_failed 1'));
    expect(lost).toHaveLength(requests === 2 ? 0 : 1);
    await lab.close();
  });

  it('says which directory it cannot use, and sends all the same', async () => {
    const lab = await Lab.open();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const result = await lab.run({
      args: CHAT,
      env: { ...SPANS_ONLY, OTEL_GENSPAN_EXPORT_SPOOL_DIR: file, OTEL_GENSPAN_EXPORT_ALL_PAYLOADS_DIR: file },
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'chatted\n' });
    expect(diagLines(result)).toEqual([
      expect.stringMatching(/^opentelemetry error: OTEL_GENSPAN_EXPORT_SPOOL_DIR: /),
      expect.stringMatching(/^opentelemetry error: OTEL_GENSPAN_EXPORT_ALL_PAYLOADS_DIR: /),
    ]);
    expect(lab.spanNames).toEqual([SPAN]);
    await lab.close();
  });

  it('splits what is larger than a request may be', async () => {
    const lab = await Lab.open();
    await lab.run({
      args: ['../apps/app.mjs'],
      env: { ...SPANS_ONLY, OTEL_GENSPAN_EXPORT_MAX_REQUEST_BYTES: '1024', OTEL_GENSPAN_EXPORT_SYNC_FLUSH: 'true' },
    });
    const traces = lab.receiver.requests.filter(({ signal }) => signal === 'traces');
    expect(lab.receiver.spans).toHaveLength(2);
    for (const { bytes } of traces) expect(bytes.length).toBeLessThanOrEqual(1024);
    await lab.close();
  });
});
