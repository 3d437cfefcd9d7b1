import { validateInputMessages } from '@genspan/semconv';
import fc from 'fast-check';
import { blobPart, joinBase64, uriOrBlob } from '../src/media-parts.js';

const problemsOf = (part: unknown) => validateInputMessages(JSON.stringify([{ role: 'user', parts: [part] }]));

describe('uriOrBlob', () => {
  it.each([
    ['https://example.com/a.png?x=1', { type: 'uri', uri: 'https://example.com/a.png?x=1' }],
    ['gs://bucket/a.png', { type: 'uri', uri: 'gs://bucket/a.png' }],
    ['images/a.png', { type: 'uri', uri: 'images/a.png' }],
    ['data:image/png;base64,YWJj', { type: 'blob', mime_type: 'image/png', content: 'YWJj' }],
    [' DATA:image/png;charset=x;BASE64,YWJj', { type: 'blob', mime_type: 'image/png', content: 'YWJj' }],
    ['data:image/png;base64,YQ%3D%3D', { type: 'blob', mime_type: 'image/png', content: 'YQ==' }],
    ['data:text/plain,a%20b', { type: 'blob', mime_type: 'text/plain', content: 'YSBi' }],
    ['data:,100%', { type: 'blob', content: 'MTAwJQ==' }],
    ['data:nonsense,a', { type: 'blob', content: 'YQ==' }],
    ['data:', { type: 'blob', content: '' }],
    ['YWJj', { type: 'blob', content: 'YWJj' }],
    ['YQ', { type: 'blob', content: 'YQ==' }],
    ['YW\nJj', { type: 'blob', content: 'YWJj' }],
    ['_-8=', { type: 'blob', content: '/+8=' }],
  ])('translates %p', (value, expected) => {
    const part = uriOrBlob('image', value);
    expect(part).toEqual({ ...expected, modality: 'image' });
    expect(problemsOf(part)).toEqual([]);
  });

  it.each(['', null, undefined, 7, {}])('makes no part of %p', (value) => {
    expect(uriOrBlob('image', value)).toBeUndefined();
  });

  it('makes a valid part of any text', () => {
    const start = fc.constantFrom('', 'data:', 'data:image/png;base64,', 'https://', ' ');
    fc.assert(
      fc.property(start, fc.string({ unit: 'binary' }), (head, tail) => {
        const part = uriOrBlob('image', head + tail);
        if (part !== undefined) expect(problemsOf(part)).toEqual([]);
      }),
    );
  });
});

describe('blobPart', () => {
  it('keeps the bytes, however they are written', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('base64' as const, 'base64url' as const), (bytes, encoding) => {
        const part = blobPart('audio', Buffer.from(bytes).toString(encoding));
        expect(part).toEqual({ type: 'blob', modality: 'audio', content: Buffer.from(bytes).toString('base64') });
      }),
    );
  });

  it('leaves out what is no MIME type', () => {
    expect(blobPart('audio', 'YWJj', 'audio/my format')).not.toHaveProperty('mime_type');
    expect(blobPart('audio', 'YWJj', 'audio/wav')).toHaveProperty('mime_type', 'audio/wav');
  });
});

describe('joinBase64', () => {
  it('gives the bytes back, whether the text was cut or the bytes were', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 10 })), fc.integer({ min: 1, max: 7 }), (pieces, length) => {
        const whole = Buffer.concat(pieces).toString('base64');
        expect(joinBase64(pieces.map((bytes) => Buffer.from(bytes).toString('base64')))).toBe(whole);
        expect(joinBase64(whole.match(new RegExp(`.{1,${length}}`, 'g')) ?? [])).toBe(whole);
      }),
    );
  });
});
