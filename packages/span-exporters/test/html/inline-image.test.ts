import { inlineImage } from '../../src/html/inline-image.js';
import { PIXEL } from './sample-trace.js';

test('an image of a raster format is shown', () => {
  expect(inlineImage('image/png', PIXEL)).toBe(`data:image/png;base64,${PIXEL}`);
  expect(inlineImage('IMAGE/JPEG', 'AAAA')).toBe('data:image/jpeg;base64,AAAA');
});

test.each([
  ['a document that can hold script', 'image/svg+xml', 'AAAA'],
  ['something else', 'text/html', 'AAAA'],
  ['a type with more behind it', 'image/png" onerror="x', 'AAAA'],
  ['no type', undefined, 'AAAA'],
  ['what is not base64', 'image/png', 'AAAA" onerror="x'],
  ['nothing', 'image/png', ''],
  ['a large one', 'image/png', 'A'.repeat(262_145)],
])('%s is not', (_, type, content) => {
  expect(inlineImage(type, content)).toBeUndefined();
});
