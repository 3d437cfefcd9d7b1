// One call, a wait for SIGUSR2, three more calls, and an exit code of its own.
import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 0 });
const messages = [{ role: 'user', content: 'Say hello' }];
const waiting = setTimeout(() => {}, 60_000);
const goOn = new Promise((resolve) => process.once('SIGUSR2', resolve));

await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
console.log('before');
await goOn;
clearTimeout(waiting);
for (const model of ['gpt-4o', 'gpt-4.1', 'gpt-4.1-mini']) await client.chat.completions.create({ model, messages });
console.log('after');
process.exitCode = 3;
