import { OTLPExporterError } from '@opentelemetry/otlp-exporter-base';
import { ExportError } from '../src/export-error.js';
import { isRetryableError } from '../src/retryable-error.js';

const withCode = (code: unknown) => Object.assign(new Error('failed'), { code });

test.each([
  ['an error of ours that says yes', new ExportError('', { retryable: true, status: 400 }), true],
  ['an error of ours that says no', new ExportError('', { retryable: false, status: 503 }), false],
  // The SDK gives up after its own retries without a code.
  ['the SDK’s error of a retryable status', new OTLPExporterError('Export failed with retryable status'), true],
  ['429 of the SDK', new OTLPExporterError('', 429), true],
  ['503 of the SDK', new OTLPExporterError('', 503), true],
  ['400 of the SDK', new OTLPExporterError('', 400), false],
  ['500 of the SDK', new OTLPExporterError('', 500), false],
  ['gRPC UNAVAILABLE', withCode(14), true],
  ['gRPC INVALID_ARGUMENT', withCode(3), false],
  ['ECONNREFUSED', withCode('ECONNREFUSED'), true],
  ['an error that says nothing', new Error('?'), true],
  ['something that is no error', undefined, true],
])('%s: %p', (_, error, expected) => {
  expect(isRetryableError(error)).toBe(expected);
});
