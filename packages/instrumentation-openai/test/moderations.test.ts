import fc from 'fast-check';
import { moderation } from '../src/moderations.js';
import { arbitraryJson } from './arbitrary-json.js';
import { observedOpenAI, type ObservedOpenAI } from './observed-openai.js';
import { deepFrozen, recordedContent, requestContent, responseMessages } from './recorded-content.js';

const MODEL = 'omni-moderation-latest';

describe('moderations.create', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: true });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);

  it('records each text and the verdict on it', async () => {
    await observed.client().moderations.create({ model: MODEL, input: ['all is well', 'violence!'] });
    expect(span()?.name).toBe('moderation omni-moderation-latest');
    expect(span()?.attributes).toMatchObject({
      'gen_ai.operation.name': 'moderation',
      'gen_ai.response.id': 'modr-1',
      'gen_ai.response.model': 'omni-moderation-2024-09-26',
    });
    const { input, output } = recordedContent(span());
    expect(input).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'all is well' }] },
      { role: 'user', parts: [{ type: 'text', content: 'violence!' }] },
    ]);
    expect(output?.map(({ parts }) => parts[0])).toMatchObject([
      { type: 'moderation', flagged: false },
      { type: 'moderation', flagged: true, categories: { violence: true } },
    ]);
  });

  it('records the parts of one multimodal input together', async () => {
    const image_url = { url: 'https://example.com/a.png' };
    await observed.client().moderations.create({
      model: MODEL,
      input: [
        { type: 'text', text: 'look' },
        { type: 'image_url', image_url },
      ],
    });
    expect(recordedContent(span()).input).toEqual([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'look' },
          { type: 'uri', modality: 'image', uri: image_url.url },
        ],
      },
    ]);
  });

  it('tells neither the text nor the verdict when content is not captured', async () => {
    observed.instrumentation.setConfig({ captureMessageContent: false });
    await observed.client().moderations.create({ model: MODEL, input: 'violence!' });
    expect(recordedContent(span())).toEqual({});
    expect(JSON.stringify(span()?.attributes)).not.toMatch(/violence|flagged/);
  });
});

describe('the translation of a moderation', () => {
  it('makes valid content of any JSON', () => {
    const json = arbitraryJson(['input', 'results', 'type', 'text', 'image_url', 'url', 'flagged', 'categories']);
    fc.assert(
      fc.property(json, (value) => {
        requestContent(moderation.request([deepFrozen({ input: value })]));
        moderation.request([value]);
        responseMessages(moderation.response(deepFrozen({ results: [value] })));
        responseMessages(moderation.response(value));
      }),
      { numRuns: 300 },
    );
  });
});
