import { speech } from '../../src/audio/speech.js';
import { observedOpenAI, type ObservedOpenAI } from '../observed-openai.js';
import { recordedContent, requestContent } from '../recorded-content.js';

const PARAMS = {
  model: 'gpt-4o-mini-tts',
  voice: 'alloy',
  input: 'Say this aloud.',
  instructions: 'In a whisper.',
} as const;

describe('audio.speech.create', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: true });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);

  it.each(['audio', 'sse'] as const)('records what is said and leaves the sound to the caller (%s)', async (format) => {
    const response = await observed.client().audio.speech.create({ ...PARAMS, stream_format: format });
    expect(span()?.name).toBe('speech gpt-4o-mini-tts');
    expect(span()?.attributes).toMatchObject({ 'gen_ai.operation.name': 'speech', 'gen_ai.output.type': 'speech' });
    expect(span()?.attributes).not.toHaveProperty(['genspan.response.outcome']);
    expect(recordedContent(span())).toEqual({
      input: [{ role: 'user', parts: [{ type: 'text', content: PARAMS.input }] }],
      instructions: [{ type: 'text', content: PARAMS.instructions }],
    });
    expect(response.bodyUsed).toBe(false);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(64);
  });

  it('writes no word of it when content is not captured', async () => {
    observed.instrumentation.setConfig({ captureMessageContent: false });
    await observed.client().audio.speech.create(PARAMS);
    expect(recordedContent(span())).toEqual({});
    expect(JSON.stringify(span()?.attributes)).not.toMatch(/aloud|whisper/);
  });
});

describe('the translation of speech', () => {
  it.each([undefined, null, {}, { input: 7, instructions: [] }])('bears %p', (params) => {
    expect(requestContent(speech.request([params]))).toMatchObject({ input: [], instructions: [] });
  });

  it('never looks at what is answered', () => {
    const untouchable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('Expected the response to be left alone');
        },
      },
    );
    expect(speech.response(untouchable)).toEqual({});
  });
});
