import fc from 'fast-check';
import { toFile } from 'openai';
import { transcription, translation } from '../../src/audio/transcription.js';
import { arbitraryJson } from '../arbitrary-json.js';
import { observedOpenAI, type ObservedOpenAI } from '../observed-openai.js';
import { deepFrozen, recordedContent, requestContent, responseMessages } from '../recorded-content.js';

const TRANSCRIPT = 'Hello from the loopback server.';
const MODEL = 'gpt-4o-transcribe';

describe('audio.transcriptions.create', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: true });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);
  const upload = () => toFile(Buffer.from('sound bytes'), 'my secret memo.wav', { type: 'audio/wav' });
  const text = () => recordedContent(span()).output?.[0]?.parts[0];

  it('records the transcript and the tokens that were reported, by modality', async () => {
    const params = { model: MODEL, prompt: 'A greeting.', temperature: 0.2, response_format: 'json' as const };
    await observed.client().audio.transcriptions.create({ ...params, file: await upload() });
    expect(span()?.name).toBe('transcription gpt-4o-transcribe');
    expect(span()?.attributes).toMatchObject({
      'gen_ai.operation.name': 'transcription',
      'gen_ai.output.type': 'json',
      'gen_ai.request.temperature': 0.2,
      'gen_ai.usage.input_tokens': 14,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.usage.audio.input_tokens': 14,
    });
    expect(recordedContent(span())).toMatchObject({
      input: [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'A greeting.' },
            { type: 'upload', modality: 'audio' },
          ],
        },
      ],
      output: [{ role: 'assistant', parts: [{ type: 'text', content: TRANSCRIPT }], finish_reason: 'stop' }],
    });
    expect(JSON.stringify(span()?.attributes)).not.toContain('secret memo');
  });

  it.each(['text', 'srt', 'vtt', 'verbose_json'] as const)('records a transcript in the format %s', async (format) => {
    const params = { model: 'whisper-1', response_format: format, file: await upload() };
    const result: unknown = await observed.client().audio.transcriptions.create(params);
    expect(text()).toMatchObject({ type: 'text', content: expect.stringContaining(TRANSCRIPT) as unknown });
    expect(typeof result).toBe(format === 'verbose_json' ? 'object' : 'string');
    // Billed by the second: no tokens are made of seconds.
    expect(span()?.attributes).not.toHaveProperty(['gen_ai.usage.input_tokens']);
    expect(span()?.attributes['gen_ai.output.type']).toBe(format === 'verbose_json' ? 'json' : 'text');
  });

  it('records a stream as the transcript it adds up to', async () => {
    const params = { model: MODEL, stream: true as const, file: await upload() };
    for await (const event of await observed.client().audio.transcriptions.create(params)) void event;
    expect(text()).toEqual({ type: 'text', content: TRANSCRIPT });
    expect(span()?.attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 14, 'gen_ai.usage.output_tokens': 7 });
  });

  it('records what a stream that was broken off had said', async () => {
    const params = { model: MODEL, stream: true as const, file: await upload() };
    for await (const event of await observed.client().audio.transcriptions.create(params)) {
      if (event.type === 'transcript.text.delta') break;
    }
    expect(recordedContent(span()).output).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Hello' }], finish_reason: 'error' },
    ]);
    expect(span()?.attributes['genspan.response.outcome']).toBe('broken_off');
  });

  it('records a translation', async () => {
    await observed.client().audio.translations.create({ model: 'whisper-1', file: await upload() });
    expect(span()?.name).toBe('translation whisper-1');
    expect(text()).toEqual({ type: 'text', content: TRANSCRIPT });
  });

  it('writes neither prompt nor transcript when content is not captured', async () => {
    observed.instrumentation.setConfig({ captureMessageContent: false });
    const params = { model: MODEL, prompt: 'A greeting.', stream: true as const, file: await upload() };
    for await (const event of await observed.client().audio.transcriptions.create(params)) void event;
    expect(recordedContent(span())).toEqual({});
    expect(JSON.stringify(span()?.attributes)).not.toMatch(/greeting|Hello/);
    expect(span()?.attributes['gen_ai.usage.input_tokens']).toBe(14);
  });
});

describe('the translation of a transcription', () => {
  it('takes no free text for a format', () => {
    expect(transcription.request([{ response_format: 'please read this' }]).attributes).toEqual({});
  });

  it('never looks into the upload', () => {
    const file = new Proxy(
      {},
      {
        get: () => {
          throw new Error('Expected the upload to be left alone');
        },
      },
    );
    expect(requestContent(translation.request([{ file }])).input[0]?.parts).toEqual([
      { type: 'upload', modality: 'audio' },
    ]);
  });

  it('makes valid content of any JSON', () => {
    const json = arbitraryJson(['type', 'delta', 'text', 'usage', 'input_tokens', 'prompt', 'file', 'response_format']);
    fc.assert(
      fc.property(json, fc.array(json, { maxLength: 3 }), (value, events) => {
        requestContent(transcription.request([deepFrozen(value)]));
        responseMessages(transcription.response(deepFrozen(value)));
        const reader = transcription.stream?.({ capturesContent: true });
        for (const event of deepFrozen(events)) reader?.add(event);
        if (reader !== undefined) responseMessages(reader.end());
      }),
      { numRuns: 300 },
    );
  });
});
