import { isPayloadFile, isTemporaryPayloadFile, payloadFileName } from '../src/payload-file-name.js';

test('names sort by time, and no two are the same', () => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 6, 40, 12, 345) });
  const early = [1, 2, 3].map(() => payloadFileName('ok', 'json'));
  jest.advanceTimersByTime(60_000);
  const late = payloadFileName('export_failed', 'protobuf');
  jest.useRealTimers();
  expect(new Set(early).size).toBe(3);
  expect(early.every((name) => name < late)).toBe(true);
  expect(early[0]).toMatch(new RegExp(`^2026-11-22T06-40-12\\.345Z-${process.pid}-\\d{6}-ok\\.json$`));
  expect(late).toMatch(/-export_failed\.pb$/);
});

test('a reason that is no word does not become part of a path', () => {
  for (const reason of ['../up', 'a b', '', 'x'.repeat(100), 'UPPER']) {
    expect(payloadFileName(reason, 'json')).toMatch(/-\d{6}-lost\.json$/);
  }
});

test('knows its own names, and those of files that are being written', () => {
  const name = payloadFileName('queue_full', 'protobuf');
  expect([name, `${name}.tmp`, `${name}.exit.tmp`, `${name}.bak`, 'spans.json'].map(isPayloadFile)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect([name, `${name}.tmp`, `${name}.exit.tmp`, `x${name}.tmp`].map(isTemporaryPayloadFile)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
