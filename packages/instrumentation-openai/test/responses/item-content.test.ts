import { generic, itemContent, screenshot } from '../../src/responses/item-content';
import { sound } from './sound';

const IMAGE = Buffer.from('image').toString('base64');

describe('itemContent', () => {
  it('takes a string as one text', () => {
    expect(sound(itemContent('Hello'))).toEqual([{ type: 'text', content: 'Hello' }]);
  });

  it('translates text, refusals, reasoning, images and files in order', () => {
    const content = [
      { type: 'input_text', text: 'Look' },
      { type: 'input_image', image_url: `data:image/png;base64,${IMAGE}`, detail: 'low' },
      { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'auto' },
      { type: 'input_image', file_id: 'file-1', detail: 'auto' },
      { type: 'input_file', file_url: 'https://example.com/a.pdf' },
      { type: 'output_text', text: 'Seen', annotations: [], logprobs: [] },
      { type: 'refusal', refusal: 'No.' },
      { type: 'reasoning_text', text: 'Hm.' },
      { type: 'computer_screenshot', image_url: 'https://example.com/screen.png' },
    ];
    expect(sound(itemContent(content))).toEqual([
      { type: 'text', content: 'Look' },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: IMAGE },
      { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
      { type: 'file', modality: 'image', file_id: 'file-1' },
      { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
      { type: 'text', content: 'Seen' },
      { type: 'refusal', content: 'No.' },
      { type: 'reasoning', content: 'Hm.' },
      { type: 'uri', modality: 'image', uri: 'https://example.com/screen.png' },
    ]);
  });

  it('keeps a part of an unknown type', () => {
    const content = [{ type: 'hologram', data: 1 }, { type: 'computer_screenshot' }];
    expect(sound(itemContent(content))).toEqual([{ type: 'hologram', data: 1 }, { type: 'computer_screenshot' }]);
  });

  it.each([[undefined], [null], [5], [{}]])('has no parts for %p', (content) => {
    expect(itemContent(content)).toEqual([]);
  });
});

describe('screenshot', () => {
  it('is a file when it was uploaded, and a link otherwise', () => {
    expect(screenshot({ file_id: 'file-1', image_url: 'https://example.com/a.png' })).toMatchObject({ type: 'file' });
    expect(screenshot({ image_url: 'https://example.com/a.png' })).toMatchObject({ type: 'uri' });
    expect(screenshot(undefined)).toBeUndefined();
  });
});

describe('generic', () => {
  it('renames what takes the type of a part of another shape', () => {
    expect(sound([generic({ type: 'blob', data: 1 }), generic({ type: '' }), generic({})])).toEqual([
      { type: 'unknown', data: 1 },
      { type: 'unknown' },
      { type: 'unknown' },
    ]);
  });
});
