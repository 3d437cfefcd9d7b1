import { validateInputMessages } from '@genspan/semconv';
import fc from 'fast-check';
import { contentPart, contentParts } from '../src/content-parts.js';
import { arbitraryJson } from './arbitrary-json.js';
import { deepFrozen } from './recorded-content.js';

const problemsOf = (parts: readonly unknown[]) => validateInputMessages(JSON.stringify([{ role: 'user', parts }]));

describe('contentPart', () => {
  it.each([
    ['plain', { type: 'text', content: 'plain' }],
    [
      { type: 'text', text: 'a' },
      { type: 'text', content: 'a' },
    ],
    [
      { type: 'input_text', text: 'a' },
      { type: 'text', content: 'a' },
    ],
    [
      { type: 'output_text', text: 'a' },
      { type: 'text', content: 'a' },
    ],
    [
      { type: 'refusal', refusal: 'No.' },
      { type: 'refusal', content: 'No.' },
    ],
    [
      { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
      { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
    ],
    [
      { type: 'image_url', image_url: { url: 'data:image/png;base64,YWJj' } },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'YWJj' },
    ],
    [
      { type: 'input_image', image_url: 'https://example.com/a.png' },
      { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
    ],
    [
      { type: 'input_image', file_id: 'file-1' },
      { type: 'file', modality: 'image', file_id: 'file-1' },
    ],
    [
      { type: 'input_audio', input_audio: { data: 'YWJj', format: 'wav' } },
      { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: 'YWJj' },
    ],
    [
      { type: 'file', file: { filename: 'my name.pdf', file_data: 'data:application/pdf;base64,YWJj' } },
      { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: 'YWJj' },
    ],
    [
      { type: 'file', file: { file_id: 'file-1' } },
      { type: 'file', modality: 'document', file_id: 'file-1' },
    ],
    [
      { type: 'input_file', file_url: 'https://example.com/a.pdf' },
      { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
    ],
    [
      { type: 'video_url', video_url: { url: 'x' } },
      { type: 'video_url', video_url: { url: 'x' } },
    ],
  ])('translates %j', (value, expected) => {
    expect(contentPart(value)).toEqual(expected);
    expect(problemsOf([contentPart(value)])).toEqual([]);
  });

  it.each([
    { type: 'blob', data: 'x' },
    { type: 'tool_call', function: {} },
    { type: 'reasoning', text: 'Hm.' },
    { type: 'uri', uri: 'data:a,b' },
  ])('does not let %j pass for a part of the conventions', (value) => {
    expect(contentPart(value)).toEqual({ ...value, type: 'unknown' });
  });

  it('keeps a part that already is one of the conventions', () => {
    const part = { type: 'reasoning', content: 'Hm.' };
    expect(contentPart(part)).toEqual(part);
  });

  it.each([null, undefined, 7, [], {}, { type: '' }, { type: '__proto__' }, { type: 'constructor' }])(
    'makes a valid part of %p',
    (value) => {
      expect(problemsOf([contentPart(value)])).toEqual([]);
    },
  );
});

describe('contentParts', () => {
  it('makes valid parts of any JSON and leaves it as it was', () => {
    const names = ['type', 'text', 'image_url', 'url', 'file', 'file_id', 'file_data', 'input_audio', 'data', 'format'];
    fc.assert(
      fc.property(
        fc.array(arbitraryJson([...names, 'content', 'modality', 'uri', 'refusal']), { maxLength: 4 }),
        (value) => {
          expect(problemsOf(contentParts(deepFrozen(value)))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([null, undefined, 7, {}])('finds nothing in %p', (value) => {
    expect(contentParts(value)).toEqual([]);
  });
});
