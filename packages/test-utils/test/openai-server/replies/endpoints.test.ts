import { toFile } from 'openai';

import { readAll, withClient } from '../with-client';

const { server, client } = withClient();
const file = (name = 'a.wav') => toFile(Buffer.from('RIFF-like'), name);

describe('text completions', () => {
  it('answer, whole and in pieces', async () => {
    const whole = await client().completions.create({ model: 'davinci-002', prompt: 'hi', n: 2 });
    expect(whole.choices).toHaveLength(2);
    const params = {
      model: 'davinci-002',
      prompt: 'hi',
      stream: true as const,
      stream_options: { include_usage: true },
    };
    const { items } = await readAll(await client().completions.create(params));
    expect(items.flatMap(({ choices }) => choices.map(({ text }) => text)).join('')).toBe(whole.choices[0]?.text);
    expect(items.at(-1)?.usage?.prompt_tokens).toBe(whole.usage?.prompt_tokens);
  });
});

describe('embeddings', () => {
  it('are the same in both encodings', async () => {
    const params = { model: 'e', input: ['a', 'b'], dimensions: 4 };
    const asBase64 = await client().embeddings.create(params);
    expect(server().requests.at(-1)?.body).toMatchObject({ encoding_format: 'base64' });
    const asFloat = await client().embeddings.create({ ...params, encoding_format: 'float' });
    expect(asBase64.data.map(({ embedding }) => [...embedding])).toEqual(
      asFloat.data.map(({ embedding }) => embedding),
    );
    expect(asFloat.data.map(({ embedding }) => embedding.length)).toEqual([4, 4]);
  });

  it('of a list of tokens are one vector', async () => {
    expect((await client().embeddings.create({ model: 'e', input: [1, 2, 3] })).data).toHaveLength(1);
  });
});

describe('images', () => {
  it('are made, edited and varied', async () => {
    const { images } = client();
    expect((await images.generate({ prompt: 'a cat', n: 2 })).data).toHaveLength(2);
    expect((await images.generate({ prompt: 'a cat', response_format: 'url' })).data?.[0]?.url).toContain('https:');
    expect((await images.edit({ image: await file('a.png'), prompt: 'a hat' })).usage?.output_tokens).toBe(272);
    expect((await images.createVariation({ image: await file('a.png'), n: 3 })).data).toHaveLength(3);
    expect(server().requests.at(-1)?.body).toMatchObject({
      fields: { n: '3' },
      files: [{ filename: 'a.png', size: 9 }],
    });
  });

  it('are streamed with partial ones before', async () => {
    const made = await readAll(await client().images.generate({ prompt: 'a cat', stream: true, partial_images: 2 }));
    expect(made.items.map(({ type }) => type)).toEqual([
      'image_generation.partial_image',
      'image_generation.partial_image',
      'image_generation.completed',
    ]);
    const edited = await readAll(await client().images.edit({ image: await file(), prompt: 'a hat', stream: true }));
    expect(edited.items.at(-1)?.type).toBe('image_edit.completed');
  });
});

describe('audio', () => {
  it('is spoken, as bytes and as events', async () => {
    const speech = { model: 'tts-1', voice: 'alloy' as const, input: 'hello' };
    const response = await client().audio.speech.create(speech);
    expect((await response.arrayBuffer()).byteLength).toBe(4096);
    const events = await (await client().audio.speech.create({ ...speech, stream_format: 'sse' })).text();
    expect(events).toContain('event: speech.audio.done');
  });

  it('is transcribed in every format', async () => {
    const { transcriptions } = client().audio;
    const params = { model: 'whisper-1', file: await file() };
    const plain = await transcriptions.create(params);
    expect(plain.usage).toMatchObject({ type: 'tokens' });
    expect(await transcriptions.create({ ...params, response_format: 'text' })).toBe(`${plain.text}\n`);
    expect(await transcriptions.create({ ...params, response_format: 'vtt' })).toContain('WEBVTT');
    const verbose = await transcriptions.create({ ...params, response_format: 'verbose_json' });
    expect(verbose).toMatchObject({ duration: 2.5, segments: [{ text: plain.text }] });
    const { items } = await readAll(await transcriptions.create({ ...params, stream: true }));
    expect(items.at(-1)).toMatchObject({ type: 'transcript.text.done', text: plain.text });
  });

  it('is translated', async () => {
    const translation = await client().audio.translations.create({ model: 'whisper-1', file: await file() });
    expect(translation).toEqual({ text: expect.any(String) });
  });
});

describe('moderations', () => {
  it('flag what they should', async () => {
    const { results } = await client().moderations.create({ input: ['hello', 'some violence'] });
    expect(results.map(({ flagged }) => flagged)).toEqual([false, true]);
  });
});

describe('files', () => {
  it('are uploaded, listed page by page, fetched and deleted', async () => {
    const created = await client().files.create({ file: await file('data.jsonl'), purpose: 'batch' });
    expect(created).toMatchObject({ filename: 'data.jsonl', bytes: 9, purpose: 'batch' });
    const since = server().requests.length;
    const { items } = await readAll(client().files.list());
    expect(items.map(({ id }) => id)).toEqual(['file-1', 'file-2', 'file-3', 'file-4', 'file-5']);
    expect(server().requests.length - since).toBe(3);
    expect((await client().files.retrieve('file-3')).id).toBe('file-3');
    expect(await (await client().files.content('file-3')).text()).toContain('custom_id');
    expect(await client().files.delete('file-3')).toMatchObject({ id: 'file-3', deleted: true });
  });
});

describe('batches and fine-tuning jobs', () => {
  it('are created, fetched, cancelled and listed', async () => {
    const { batches, fineTuning } = client();
    const batch = { input_file_id: 'file-9', endpoint: '/v1/embeddings' as const, completion_window: '24h' as const };
    expect(await batches.create(batch)).toMatchObject({ ...batch, status: 'validating' });
    expect(await batches.retrieve('batch_2')).toMatchObject({ id: 'batch_2', status: 'completed' });
    expect((await batches.cancel('batch_2')).status).toBe('cancelling');
    expect((await readAll(batches.list())).items).toHaveLength(3);
    const job = { model: 'gpt-4o-mini', training_file: 'file-1' };
    expect(await fineTuning.jobs.create(job)).toMatchObject({ ...job, status: 'validating_files' });
    expect((await fineTuning.jobs.retrieve('ftjob-2')).status).toBe('succeeded');
    expect((await fineTuning.jobs.cancel('ftjob-2')).status).toBe('cancelled');
    expect((await fineTuning.jobs.pause('ftjob-2')).status).toBe('paused');
    expect((await readAll(fineTuning.jobs.list())).items).toHaveLength(3);
    expect((await readAll(fineTuning.jobs.listEvents('ftjob-2'))).items).toHaveLength(1);
  });
});

describe('conversations and models', () => {
  it('are there', async () => {
    const { conversations, models } = client();
    expect(await conversations.create({ metadata: { a: 'b' } })).toMatchObject({ id: 'conv_1', metadata: { a: 'b' } });
    expect((await conversations.retrieve('conv_7')).id).toBe('conv_7');
    expect((await conversations.update('conv_7', { metadata: { c: 'd' } })).metadata).toEqual({ c: 'd' });
    expect((await conversations.delete('conv_7')).deleted).toBe(true);
    const items = [{ type: 'message' as const, role: 'user' as const, content: 'hi' }];
    expect((await conversations.items.create('conv_7', { items })).data[0]).toMatchObject({
      id: 'msg_1',
      role: 'user',
    });
    expect((await readAll(conversations.items.list('conv_7'))).items).toHaveLength(3);
    expect((await conversations.items.retrieve('msg_2', { conversation_id: 'conv_7' })).type).toBe('message');
    expect((await conversations.items.delete('msg_2', { conversation_id: 'conv_7' })).id).toBe('conv_7');
    expect((await models.list()).data).toHaveLength(3);
    expect((await models.retrieve('gpt-4o')).id).toBe('gpt-4o');
  });
});
