import { uploadParts } from '../src/upload-parts.js';

describe('uploadParts', () => {
  it('says how many files there are, and nothing about them', () => {
    const part = { type: 'upload', modality: 'image' };
    expect(uploadParts(new File(['bytes'], 'my name.png'), 'image')).toEqual([part]);
    expect(uploadParts([new Response('bytes'), Buffer.from('bytes')], 'image')).toEqual([part, part]);
  });

  it.each([undefined, null, [], [null]])('finds none in %p', (value) => {
    expect(uploadParts(value, 'image')).toEqual([]);
  });
});
