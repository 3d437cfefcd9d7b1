import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonlSpanExporter, readOtlpJsonl, renderHtmlReport } from '@genspan/span-exporters';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { sampleSpans } from '../../packages/span-exporters/test/html/sample-trace.js';

test('a page of spans that were read back from a file is the page of the spans themselves', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jsonl-report-'));
  try {
    const path = join(folder, 'spans.jsonl');
    const spans: ReadableSpan[] = sampleSpans();
    const exporter = new JsonlSpanExporter({ path });
    await new Promise((resolve) => exporter.export(spans, resolve));
    const read: ReadableSpanLike[] = [];
    for await (const batch of readOtlpJsonl(path)) read.push(...batch);
    expect(renderHtmlReport(read)).toBe(renderHtmlReport(spans));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
