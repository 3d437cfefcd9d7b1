// Asks what PROMPT says, in each way that there is, and makes a call that fails.
import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });
const { PROMPT } = process.env;
const messages = [
  { role: 'system', content: `Known: ${PROMPT}` },
  { role: 'user', content: PROMPT },
];

await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
await client.responses.create({ model: 'gpt-4o-mini', instructions: PROMPT, input: PROMPT });
const stream = await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true });
for await (const chunk of stream) if (chunk.choices[0]?.finish_reason) console.log('streamed');
await client.chat.completions.create({ model: 'gpt-4o@error-400', messages }).catch(() => console.log('failed'));
