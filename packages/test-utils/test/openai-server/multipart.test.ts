import { parseMultipart } from '../../src/openai-server/multipart';

/** The bytes `fetch` itself would send for a form. */
async function encode(form: FormData): Promise<{ bytes: Buffer; contentType: string }> {
  const request = new Request('http://loopback/', { method: 'POST', body: form });
  const bytes = Buffer.from(await request.arrayBuffer());
  return { bytes, contentType: request.headers.get('content-type') ?? '' };
}

describe('parseMultipart', () => {
  it('takes fields and files apart', async () => {
    const form = new FormData();
    form.append('model', 'whisper-1');
    form.append('prompt', 'naïve\r\nlines');
    form.append('file', new Blob([Buffer.from([0, 13, 10, 255])], { type: 'audio/wav' }), 'a.wav');
    const { bytes, contentType } = await encode(form);
    expect(parseMultipart(bytes, contentType)).toEqual({
      fields: { model: 'whisper-1', prompt: 'naïve\r\nlines' },
      files: [{ field: 'file', filename: 'a.wav', contentType: 'audio/wav', size: 4 }],
    });
  });

  it('gathers a field that occurs more than once', async () => {
    const form = new FormData();
    for (const value of ['a', 'b', 'c']) form.append('include[]', value);
    const { bytes, contentType } = await encode(form);
    expect(parseMultipart(bytes, contentType).fields).toEqual({ 'include[]': ['a', 'b', 'c'] });
  });

  it('finds nothing in a body without its boundary', () => {
    expect(parseMultipart(Buffer.from('nothing'), 'multipart/form-data; boundary=x')).toEqual({
      fields: {},
      files: [],
    });
  });
});
