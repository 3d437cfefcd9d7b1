import { ExportError, isExportError, shutDownError } from '../src/export-error.js';

test('carries what is known and nothing else', () => {
  const error = new ExportError('The receiver answered with status 503', {
    retryable: true,
    status: 503,
    retryAfterMillis: 10,
  });
  expect({ ...error }).toEqual({
    name: 'ExportError',
    retryable: true,
    status: 503,
    retryAfterMillis: 10,
    code: undefined,
  });
});

test('is known across copies of the package', () => {
  const ofOtherCopy = Object.assign(new Error('failed'), { name: 'ExportError', retryable: true });
  expect([ofOtherCopy, shutDownError(), new Error('x'), null, 'ExportError'].map(isExportError)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
