// Knows nothing of telemetry. The client reads OPENAI_BASE_URL and OPENAI_API_KEY.
import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });
const model = 'gpt-4o-mini';
const ask = (content) => [{ role: 'user', content }];

const hello = await client.chat.completions.create({ model, temperature: 0.5, messages: ask('Grüße aus 東京 👋🏽') });
console.log(`chat: ${hello.choices[0].message.content}`);

const stream = await client.chat.completions.create({
  model,
  messages: ask('Tell me a story'),
  stream: true,
  stream_options: { include_usage: true },
});
let story = '';
for await (const chunk of stream) story += chunk.choices[0]?.delta?.content ?? '';
console.log(`stream: ${story}`);

const weather = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } };
const question = ask('Weather in Paris?');
const asked = await client.chat.completions.create({ model, messages: question, tools: [weather] });
const { message } = asked.choices[0];
const [call] = message.tool_calls;
const result = { role: 'tool', tool_call_id: call.id, content: '{"celsius":21}' };
await client.chat.completions.create({ model, messages: [...question, message, result], tools: [weather] });
console.log(`tool: ${call.function.name}`);

const { data } = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] });
console.log(`embeddings: ${data.length}`);

await client.chat.completions.create({ model: 'gpt-4o', messages: ask('x'.repeat(200_000)) });

try {
  await client.chat.completions.create({ model: 'gpt-4o@error-429', messages: ask('Too much') });
} catch (error) {
  console.log(`failed: ${error.status}`);
}
