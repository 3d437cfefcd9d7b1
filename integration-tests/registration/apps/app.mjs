// Knows nothing of telemetry. The client reads OPENAI_BASE_URL and OPENAI_API_KEY.
import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });
const messages = [{ role: 'user', content: 'Say hello' }];
const completion = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
console.log(`answer: ${completion.choices[0].message.content}`);
const stream = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true });
let text = '';
for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
console.log(`stream: ${text}`);
