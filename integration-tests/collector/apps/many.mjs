// Many calls at the same time, and the end right after the last one.
import OpenAI from 'openai';

const CALLS = 600;
const AT_ONCE = 30;

const client = new OpenAI({ maxRetries: 0 });
let number = 0;
async function worker() {
  while (number < CALLS) {
    const content = `Call ${number++}: ${'東京 '.repeat(500)}`;
    await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content }] });
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, worker));
console.log(`calls: ${number}`);
