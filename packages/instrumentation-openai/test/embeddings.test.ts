import { INPUT_TOKENS } from '@genspan/test-utils';
import fc from 'fast-check';
import { embeddings } from '../src/embeddings.js';
import { arbitraryJson } from './arbitrary-json.js';
import { observedOpenAI, type ObservedOpenAI } from './observed-openai.js';
import { deepFrozen } from './recorded-content.js';

const PARAMS = { model: 'text-embedding-3-small', input: ['a secret text', 'another'] };

describe('embeddings.create', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: 'span_and_event' });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);

  it('records model, usage and the length of the vectors, and neither text nor vector', async () => {
    const { data } = await observed.client().embeddings.create(PARAMS);
    expect(data[0]?.embedding).toHaveLength(8);
    expect(span()?.name).toBe('embeddings text-embedding-3-small');
    expect(span()?.attributes).toEqual({
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': PARAMS.model,
      'gen_ai.response.model': PARAMS.model,
      'gen_ai.embeddings.dimension.count': 8,
      'gen_ai.usage.input_tokens': INPUT_TOKENS,
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(observed.server.url).port),
    });
    expect(observed.events()).toEqual([]);
  });

  it('records the encoding that the caller asked for, and not the one that the client asks for by itself', async () => {
    await observed.client().embeddings.create({ ...PARAMS, encoding_format: 'float' });
    expect(span()?.attributes['gen_ai.request.encoding_formats']).toEqual(['float']);
    const { data } = await observed.client().embeddings.create({ ...PARAMS, encoding_format: 'base64', dimensions: 3 });
    expect(typeof data[0]?.embedding).toBe('string');
    expect(span()?.attributes).toMatchObject({
      'gen_ai.request.encoding_formats': ['base64'],
      'gen_ai.embeddings.dimension.count': 3,
    });
  });

  it('counts its duration among the operations that are no inference', async () => {
    await observed.client().embeddings.create(PARAMS);
    const points = await observed.points('gen_ai.client.operation.duration');
    expect(points.map(({ attributes }) => attributes['gen_ai.operation.name'])).toContain('embeddings');
    expect(await observed.points('gen_ai.client.inference.duration')).toEqual([]);
  });
});

describe('the translation of embeddings', () => {
  it('takes no free text for an encoding', () => {
    expect(embeddings.request([{ encoding_format: 'hunter2' }]).attributes).toEqual({});
    expect(embeddings.request([{ encoding_format: 'int8' }]).attributes).toEqual({
      'gen_ai.request.encoding_formats': ['int8'],
    });
  });

  it.each([
    [[0.1, 0.2], 2],
    [new Float32Array(4), 4],
    ['AAAAAA==', undefined],
    [[], undefined],
    [undefined, undefined],
  ])('tells the dimensions of %p', (embedding, expected) => {
    const { result } = embeddings.response({ data: [{ embedding }] });
    expect(result?.attributes?.['gen_ai.embeddings.dimension.count']).toBe(expected);
  });

  it('bears any JSON', () => {
    fc.assert(
      fc.property(arbitraryJson(['data', 'embedding', 'usage', 'prompt_tokens', 'model', 'dimensions']), (value) => {
        embeddings.request([deepFrozen(value)]);
        embeddings.response(deepFrozen(value));
      }),
    );
  });
});
