import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import { readEnvironment } from '@genspan/configuration';
import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { createExportStack } from '../src/export-stack.js';
import type { DeliverySettings } from '../src/delivery-settings.js';
import { captureDiag } from './captured-diag.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'export-stack-'))));
afterEach(() => {
  diag.disable();
  rmSync(folder, { recursive: true });
});

const settings = (changes: Partial<DeliverySettings> = {}): DeliverySettings => ({
  ...readEnvironment({}).model.export,
  ...changes,
});

/** Fails as often as it is told, then takes what comes. */
class FlakyExporter implements SpanExporterLike {
  readonly taken: ReadableSpanLike[] = [];
  calls = 0;

  constructor(private readonly failures: number) {}

  export(spans: ReadableSpanLike[], done: (result: ExportResultLike) => void): void {
    this.calls += 1;
    if (this.calls <= this.failures) return done({ code: EXPORT_FAILED, error: new Error('busy') });
    this.taken.push(...spans);
    done({ code: EXPORT_SUCCESS });
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

const exported = (exporter: SpanExporterLike): Promise<ExportResultLike> =>
  new Promise((resolve) => exporter.export([buildSpan()], resolve));

test('sends again what failed, unless it is told not to', async () => {
  const flaky = new FlakyExporter(1);
  const { exporter, dump } = createExportStack(flaky, settings(), 30_000);
  expect(await exported(exporter)).toMatchObject({ code: EXPORT_SUCCESS });
  expect(flaky.calls).toBe(2);
  expect(dump).toBeUndefined();

  const once = new FlakyExporter(1);
  const { exporter: bare } = createExportStack(once, settings({ retries: 0 }), 30_000);
  expect(bare).toBe(once);
});

test('stores what comes in the spool, until the exporter takes it', async () => {
  const flaky = new FlakyExporter(Infinity);
  const { exporter } = createExportStack(flaky, settings({ spoolDirectory: join(folder, 'spool') }), 30_000);
  expect(await exported(exporter)).toMatchObject({ code: EXPORT_SUCCESS });
  await exporter.shutdown();
  expect(readdirSync(join(folder, 'spool'))).not.toEqual([]);
});

test('writes what failed for good into a directory', async () => {
  const { exporter, dump } = createExportStack(
    new FlakyExporter(Infinity),
    settings({ retries: 0, failedPayloadsDirectory: join(folder, 'failed') }),
    30_000,
  );
  expect(exporter).toBe(dump);
  expect(await exported(exporter)).toMatchObject({ code: EXPORT_FAILED });
  await exporter.shutdown();
  expect(readdirSync(join(folder, 'failed'))).toHaveLength(1);
});

test('goes on without what cannot be made, and says so once for each', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const { errors } = captureDiag();
  const flaky = new FlakyExporter(1);
  const { exporter } = createExportStack(
    flaky,
    settings({ spoolDirectory: file, failedPayloadsDirectory: file }),
    30_000,
  );
  expect(errors).toEqual([
    expect.stringMatching(/^OTEL_GENSPAN_EXPORT_SPOOL_DIR: /),
    expect.stringMatching(/^OTEL_GENSPAN_EXPORT_FAILED_PAYLOADS_DIR: /),
  ]);
  expect(await exported(exporter)).toMatchObject({ code: EXPORT_SUCCESS });
  expect(flaky.taken).toHaveLength(1);
});

test('writes everything although the directory for what failed will not do', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const { errors } = captureDiag();
  const { exporter } = createExportStack(
    new FlakyExporter(0),
    settings({ failedPayloadsDirectory: file, allPayloadsDirectory: join(folder, 'all') }),
    30_000,
  );
  expect(await exported(exporter)).toMatchObject({ code: EXPORT_SUCCESS });
  await exporter.shutdown();
  expect(readdirSync(join(folder, 'all'))).toHaveLength(1);
  expect(errors).toHaveLength(1);
});
