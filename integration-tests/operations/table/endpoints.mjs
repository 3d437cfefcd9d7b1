import { describe, describePromise, describeStream, outcomeOf } from '../describe.mjs';
import { operation, PROMPT_MARK, SINCE_5 } from '../operation.mjs';

async function drain(stream) {
  const events = [];
  for await (const event of stream) events.push(describe(event));
  return { stream: describeStream(stream), events };
}

const call = (name, options, run) =>
  operation(name, options, async (bench) => outcomeOf(() => run(bench.client, bench)));

const textGeneration = [
  call('completions.create', {}, (client, bench) =>
    client.completions.create(bench.params({ model: 'davinci-002', prompt: PROMPT_MARK, n: 2 })),
  ),
  call('completions.create: streamed', {}, async (client, bench) => {
    const params = bench.params({
      model: 'davinci-002',
      prompt: PROMPT_MARK,
      stream: true,
      stream_options: { include_usage: true },
    });
    return drain(await client.completions.create(params));
  }),
  call('moderations.create', {}, (client, bench) =>
    client.moderations.create(
      bench.params({ model: 'omni-moderation-latest', input: ['hello', `violence ${PROMPT_MARK}`] }),
    ),
  ),
];

const embeddings = [
  call('embeddings.create: encoding left to the client', {}, (client, bench) => {
    return client.embeddings.create(
      bench.params({ model: 'text-embedding-3-small', input: [PROMPT_MARK, 'b'], dimensions: 4 }),
    );
  }),
  call('embeddings.create: float', {}, (client, bench) =>
    client.embeddings.create(bench.params({ model: 'e', input: PROMPT_MARK, encoding_format: 'float' })),
  ),
  call('embeddings.create: base64', {}, (client, bench) =>
    client.embeddings.create(bench.params({ model: 'e', input: 'a', encoding_format: 'base64' })),
  ),
  call('embeddings.create: tokens', {}, (client, bench) =>
    client.embeddings.create(bench.params({ model: 'e', input: [1, 2, 3] })),
  ),
  call('embeddings.create: what the promise is, withResponse', {}, async (client, bench) => {
    const promise = client.embeddings.create(bench.params({ model: 'e', input: 'a' }));
    const { data, response } = await promise.withResponse();
    return { promise: describePromise(promise), data, response: describe(response), same: data === (await promise) };
  }),
  call('embeddings.create: asResponse', {}, async (client, bench) => {
    const response = await client.embeddings.create(bench.params({ model: 'e', input: 'a' })).asResponse();
    return { response: describe(response), body: await response.json() };
  }),
  call('embeddings.create: API error', {}, (client, bench) =>
    client.embeddings.create(bench.params({ model: 'e@error-429', input: 'a' })),
  ),
];

const images = [
  call('images.generate', {}, (client, bench) =>
    client.images.generate(bench.params({ model: 'gpt-image-1', prompt: PROMPT_MARK, n: 2 })),
  ),
  call('images.generate: streamed', { majors: SINCE_5 }, async (client, bench) => {
    return drain(
      await client.images.generate(
        bench.params({ model: 'gpt-image-1', prompt: PROMPT_MARK, stream: true, partial_images: 2 }),
      ),
    );
  }),
  call('images.edit', {}, async (client, bench) =>
    client.images.edit({ model: 'gpt-image-1', image: await bench.file('a.png'), prompt: PROMPT_MARK }),
  ),
  call('images.edit: streamed', { majors: SINCE_5 }, async (client, bench) => {
    return drain(
      await client.images.edit({
        model: 'gpt-image-1',
        image: await bench.file('a.png'),
        prompt: 'a cat',
        stream: true,
      }),
    );
  }),
  call('images.createVariation', {}, async (client, bench) =>
    client.images.createVariation({ image: await bench.file('a.png'), response_format: 'url' }),
  ),
  call('images.generate: API error', {}, (client, bench) =>
    client.images.generate(bench.params({ model: 'dall-e-3@error-400', prompt: PROMPT_MARK })),
  ),
];

const audio = [
  call('audio.speech.create', {}, async (client, bench) => {
    const response = await client.audio.speech.create(
      bench.params({ model: 'tts-1', voice: 'alloy', input: PROMPT_MARK }),
    );
    return { before: describe(response), bytes: describe(await response.arrayBuffer()), after: describe(response) };
  }),
  call('audio.speech.create: body left unread', {}, async (client, bench) => {
    return client.audio.speech.create(bench.params({ model: 'tts-1', voice: 'alloy', input: 'hello' }));
  }),
  call('audio.transcriptions.create', {}, async (client, bench) =>
    client.audio.transcriptions.create({ model: 'whisper-1', file: await bench.file() }),
  ),
  ...['text', 'verbose_json', 'srt', 'vtt'].map((response_format) =>
    call(`audio.transcriptions.create: ${response_format}`, {}, async (client, bench) => {
      return client.audio.transcriptions.create({ model: 'whisper-1', file: await bench.file(), response_format });
    }),
  ),
  call('audio.transcriptions.create: streamed', {}, async (client, bench) => {
    return drain(
      await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await bench.file(), stream: true }),
    );
  }),
  call('audio.translations.create', {}, async (client, bench) =>
    client.audio.translations.create({ model: 'whisper-1', file: await bench.file() }),
  ),
  call('audio.transcriptions.create: API error', {}, async (client, bench) => {
    return client.audio.transcriptions.create({ model: 'whisper-1@error-400', file: await bench.file() });
  }),
];

export const endpoints = [...textGeneration, ...embeddings, ...images, ...audio];
