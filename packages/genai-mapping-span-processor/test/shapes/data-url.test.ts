import { isDataUrl, readDataUrl, writeDataUrl } from '../../src/shapes/data-url.js';

describe('readDataUrl', () => {
  it.each([
    ['data:image/png;base64,iVBORw0KGgo=', { content: 'iVBORw0KGgo=', mimeType: 'image/png' }],
    ['DATA:Image/PNG;BASE64,iVBORw0KGgo=', { content: 'iVBORw0KGgo=', mimeType: 'Image/PNG' }],
    [' data:x;base64,AAAA', { content: 'AAAA' }],
    ['data:image/png;name=a.png;base64,AAAA', { content: 'AAAA', mimeType: 'image/png' }],
    ['data:;base64,AAAA', { content: 'AAAA' }],
    ['data:text/plain,a%20b', { content: 'YSBi', mimeType: 'text/plain' }],
    ['data:,', { content: '' }],
  ])('reads %j', (url, expected) => {
    expect(readDataUrl(url)).toEqual(expected);
  });

  it.each([
    'https://example.com/a.png',
    'data:image/png;base64',
    'data:image/png;base64,AAA',
    'data:image/png;base64,AAAA...',
    'data:image/png;base64,__REDACTED__!',
    'data:text/plain,%E0%A4%A',
    '',
  ])('takes %j for no readable data', (url) => {
    expect(readDataUrl(url)).toBeUndefined();
  });
});

describe('writeDataUrl', () => {
  it('is the reverse of readDataUrl, with and without a type', () => {
    expect(readDataUrl(writeDataUrl('AAAA', 'audio/wav'))).toEqual({ content: 'AAAA', mimeType: 'audio/wav' });
    expect(readDataUrl(writeDataUrl('AAAA', null))).toEqual({ content: 'AAAA' });
    expect(isDataUrl(writeDataUrl('AAAA', undefined))).toBe(true);
  });
});
