import fc from 'fast-check';
import { toFile } from 'openai';
import { imageEdit, imageGeneration, imageVariation } from '../src/images.js';
import { arbitraryJson } from './arbitrary-json.js';
import { observedOpenAI, type ObservedOpenAI } from './observed-openai.js';
import { deepFrozen, recordedContent, requestContent, responseMessages } from './recorded-content.js';

const PARAMS = { model: 'gpt-image-1', prompt: 'a cat in a hat' };
const BASE64 = Buffer.from('PNG-like image bytes').toString('base64');
const BLOB = { type: 'blob', modality: 'image', mime_type: 'image/png', content: BASE64 };

describe('images', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: true });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);
  const upload = (name = 'my cat.png') => toFile(Buffer.from('image bytes'), name, { type: 'image/png' });

  it('records a generation with its images and the tokens that were reported, by modality', async () => {
    await observed.client().images.generate({ ...PARAMS, n: 2 });
    expect(span()?.name).toBe('image_generation gpt-image-1');
    expect(span()?.attributes).toMatchObject({
      'gen_ai.operation.name': 'image_generation',
      'gen_ai.output.type': 'image',
      'gen_ai.request.choice.count': 2,
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 272,
      'gen_ai.usage.text.input_tokens': 12,
    });
    expect(span()?.attributes).not.toHaveProperty(['gen_ai.usage.image.input_tokens']);
    expect(recordedContent(span())).toMatchObject({
      input: [{ role: 'user', parts: [{ type: 'text', content: PARAMS.prompt }] }],
      output: [1, 2].map(() => ({ role: 'assistant', parts: [BLOB], finish_reason: 'stop' })),
    });
  });

  it('records where an image can be fetched', async () => {
    await observed.client('no-usage').images.generate({ ...PARAMS, model: 'dall-e-3', response_format: 'url' });
    expect(recordedContent(span()).output?.[0]?.parts).toEqual([
      { type: 'uri', modality: 'image', uri: 'https://example.com/image-1.png' },
    ]);
    expect(span()?.attributes).not.toHaveProperty(['gen_ai.usage.input_tokens']);
  });

  it('records an edit without reading or naming what is uploaded', async () => {
    const image = [await upload(), await upload()];
    await observed.client().images.edit({ ...PARAMS, image, mask: await upload('my mask.png') });
    expect(span()?.name).toBe('image_edit gpt-image-1');
    const part = { type: 'upload', modality: 'image' };
    expect(recordedContent(span()).input?.[0]?.parts).toEqual([
      { type: 'text', content: PARAMS.prompt },
      part,
      part,
      part,
    ]);
    expect(JSON.stringify(span()?.attributes)).not.toMatch(/my cat|my mask/);
    const body = observed.server.requests.at(-1)?.body as { files: { size: number }[] };
    expect(body.files.map(({ size }) => size)).toEqual([11, 11, 11]);
  });

  it('records a variation', async () => {
    await observed.client().images.createVariation({ image: await upload(), model: 'dall-e-2' });
    expect(span()?.name).toBe('image_variation dall-e-2');
    expect(recordedContent(span()).input).toEqual([{ role: 'user', parts: [{ type: 'upload', modality: 'image' }] }]);
  });

  it.each(['generate', 'edit'] as const)('records the last image of a stream (%s)', async (name) => {
    const params = { ...PARAMS, stream: true as const, partial_images: 2 };
    const { images } = observed.client();
    const stream =
      name === 'generate' ? await images.generate(params) : await images.edit({ ...params, image: await upload() });
    let events = 0;
    for await (const event of stream) if (event.type.startsWith('image')) events++;
    expect(events).toBe(3);
    expect(recordedContent(span()).output).toEqual([{ role: 'assistant', parts: [BLOB], finish_reason: 'stop' }]);
    expect(span()?.attributes['gen_ai.usage.output_tokens']).toBe(272);
  });

  it('writes neither prompt nor image when content is not captured', async () => {
    observed.instrumentation.setConfig({ captureMessageContent: false });
    await observed.client().images.generate(PARAMS);
    expect(recordedContent(span())).toEqual({});
    expect(JSON.stringify(span()?.attributes)).not.toMatch(new RegExp(`cat|${BASE64}`));
  });
});

describe('the translation of images', () => {
  it.each([
    ['png', 'image/png'],
    ['webp', 'image/webp'],
    ['svg', 'image/svg+xml'],
    [undefined, undefined],
    ['no format', undefined],
  ])('says what %p is', (format, mimeType) => {
    const end = imageGeneration.response({ output_format: format, data: [{ b64_json: BASE64 }] });
    expect(responseMessages(end)[0]?.parts[0]).toEqual({
      type: 'blob',
      modality: 'image',
      content: BASE64,
      ...(mimeType === undefined ? {} : { mime_type: mimeType }),
    });
  });

  it('takes the prompt that the model made of the prompt for content', () => {
    const end = imageGeneration.response({ data: [{ url: 'https://example.com/a.png', revised_prompt: 'a big cat' }] });
    expect(responseMessages(end)[0]?.parts[1]).toEqual({ type: 'text', content: 'a big cat' });
  });

  it('never looks into an upload', () => {
    const untouchable = new Proxy({}, { get: (_, name) => fail(name), ownKeys: () => fail('keys') });
    const { input } = requestContent(imageEdit.request([{ image: [untouchable], mask: untouchable }]));
    expect(input[0]?.parts).toHaveLength(2);
    expect(requestContent(imageVariation.request([{ image: null }])).input).toEqual([]);
  });

  it('makes valid content of any JSON', () => {
    const json = arbitraryJson(['prompt', 'image', 'n', 'data', 'b64_json', 'url', 'revised_prompt', 'type', 'usage']);
    fc.assert(
      fc.property(json, json, (value, other) => {
        requestContent(imageEdit.request([deepFrozen(value)]));
        responseMessages(imageGeneration.response(deepFrozen({ data: [value, other], output_format: other })));
        const reader = imageGeneration.stream?.({ capturesContent: true });
        reader?.add(deepFrozen({ type: 'image_generation.completed', b64_json: value, output_format: other }));
        reader?.add(deepFrozen(other));
        if (reader !== undefined) responseMessages(reader.end());
      }),
      { numRuns: 300 },
    );
  });
});

function fail(name: string | symbol): never {
  throw new Error(`Expected the upload to be left alone, got a read of ${String(name)}`);
}
