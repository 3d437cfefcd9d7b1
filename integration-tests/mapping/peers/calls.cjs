// What is asked of the model, the same for every instrumentation of the OpenAI client.
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'Weather of a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];
const QUESTION = { role: 'user', content: 'What is the weather in Paris?' };
const MODEL = 'gpt-4o-mini';

const CALLS = {
  async tools(client) {
    const messages = [{ role: 'system', content: 'Be brief.' }, QUESTION];
    const settings = { model: MODEL, tools: TOOLS, temperature: 0.5, max_tokens: 100 };
    const { choices } = await client.chat.completions.create({ ...settings, messages });
    const { message } = choices[0];
    const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: '{"celsius":21}' };
    await client.chat.completions.create({ ...settings, messages: [...messages, message, result] });
  },
  async stream(client) {
    const options = { stream: true, stream_options: { include_usage: true } };
    const { stream, stream_options } = options;
    const chunks = await client.chat.completions.create({ model: MODEL, messages: [QUESTION], stream, stream_options });
    for await (const chunk of chunks) void chunk;
    const calls = await client.chat.completions.create({
      model: MODEL,
      messages: [QUESTION],
      tools: TOOLS,
      ...options,
    });
    for await (const chunk of calls) void chunk;
  },
  async image(client) {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } },
      { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
    ];
    await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content }] });
  },
  async embeddings(client) {
    await client.embeddings.create({
      model: 'text-embedding-3-small',
      input: ['one', 'two'],
      encoding_format: 'float',
    });
  },
  async error(client) {
    await client.chat.completions.create({ model: `${MODEL}@error-400`, messages: [QUESTION] }).catch(() => undefined);
  },
  async reasoning(client) {
    await client.chat.completions.create({ model: 'o4-mini@reasoning', messages: [QUESTION] });
  },
};

module.exports = { CALLS, PIXEL };
