// Makes the calls with the Vercel AI SDK. usage: node vercel.mjs <genai | legacy> <base URL>
import { createOpenAI } from '@ai-sdk/openai';
import { LegacyOpenTelemetry, OpenTelemetry } from '@ai-sdk/otel';
import { embedMany, generateText, isStepCount, registerTelemetry, streamText, tool } from 'ai';
import { z } from 'zod';
import calls from './calls.cjs';
import telemetry from './telemetry.cjs';

const [form, baseURL] = process.argv.slice(2);
registerTelemetry(form === 'genai' ? new OpenTelemetry({ usage: true }) : new LegacyOpenTelemetry());
const openai = createOpenAI({ baseURL, apiKey: 'none' });
const MODEL = 'gpt-4o-mini';
const prompt = 'What is the weather in Paris?';
const tools = {
  get_weather: tool({
    description: 'Weather of a city',
    inputSchema: z.object({ city: z.string() }),
    execute: async () => ({ celsius: 21 }),
  }),
};
const steps = { tools, stopWhen: isStepCount(3) };
const settings = { maxRetries: 0, telemetry: { isEnabled: true, functionId: 'weather' } };

const CALLS = {
  tools: () =>
    generateText({
      ...settings,
      ...steps,
      model: openai.chat(MODEL),
      system: 'Be brief.',
      prompt,
      temperature: 0.5,
      maxOutputTokens: 100,
    }),
  stream: async () => {
    const { textStream } = streamText({ ...settings, model: openai.chat(MODEL), prompt });
    for await (const text of textStream) void text;
  },
  image: () =>
    generateText({
      ...settings,
      model: openai.chat(MODEL),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', image: Buffer.from(calls.PIXEL, 'base64'), mediaType: 'image/png' },
            { type: 'image', image: new URL('https://example.com/cat.png') },
          ],
        },
      ],
    }),
  embeddings: () =>
    embedMany({ ...settings, model: openai.embedding('text-embedding-3-small'), values: ['one', 'two'] }),
  error: () => generateText({ ...settings, model: openai.chat(`${MODEL}@error-400`), prompt }).catch(() => undefined),
  reasoning: () => generateText({ ...settings, model: openai.responses('o4-mini@reasoning'), prompt }),
};

await telemetry.printCalls(CALLS, (call) => call());
