// A small agent that knows nothing of telemetry: it looks up a note, lets the model call a tool, and streams the answer.
import OpenAI from 'openai';

const client = new OpenAI();

/** Tried in this order; the first one is not in every account. */
const MODELS = (process.env.AGENT_MODELS ?? 'gpt-not-released-yet,gpt-4o-mini').split(',');
const EMBEDDING_MODEL = 'text-embedding-3-small';
const QUESTION = 'What should I pack for a weekend in Paris?';
const NOTES = [
  'Paris: the old town has cobbled streets, good shoes matter.',
  'Oslo: museums are closed on Mondays.',
  'Rome: carry a bottle, the fountains have drinking water.',
];
const TOOLS = [
  {
    type: 'function',
    function: {
      name: 'get_forecast',
      description: 'The forecast of a city for the next two days',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
];

console.log(`> ${QUESTION}`);
const messages = [
  { role: 'system', content: `You are a travel guide. What you know: ${await findNote(QUESTION)}` },
  { role: 'user', content: QUESTION },
];

const { model, completion } = await askFirstAvailable((model) =>
  client.chat.completions.create({ model, messages, tools: TOOLS, temperature: 0.2 }),
);
const { message } = completion.choices[0];
messages.push(message);
for (const call of message.tool_calls ?? []) {
  console.log(`  calls ${call.function.name}(${call.function.arguments})`);
  messages.push({ role: 'tool', tool_call_id: call.id, content: JSON.stringify(forecast(call.function.arguments)) });
}

const stream = await client.chat.completions.create({
  model,
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
process.stdout.write('  ');
for await (const { choices } of stream) {
  process.stdout.write(choices[0]?.delta.content ?? '');
  if (choices[0]?.finish_reason) process.stdout.write('\n');
}

/** The note that is nearest to the question. */
async function findNote(question) {
  const { data } = await client.embeddings.create({ model: EMBEDDING_MODEL, input: [question, ...NOTES] });
  const [wanted, ...vectors] = data.map(({ embedding }) => embedding);
  const scores = vectors.map((vector) => vector.reduce((sum, value, index) => sum + value * wanted[index], 0));
  return NOTES[scores.indexOf(Math.max(...scores))];
}

async function askFirstAvailable(ask) {
  for (const model of MODELS) {
    try {
      return { model, completion: await ask(model) };
    } catch (error) {
      if (!(error instanceof OpenAI.NotFoundError)) throw error;
      console.log(`  ${model}: ${error.status}, trying the next model`);
    }
  }
  throw new Error(`None of these models is available: ${MODELS.join(', ')}`);
}

function forecast(json) {
  return { ...JSON.parse(json), saturday: '14 °C, showers', sunday: '17 °C, sunny' };
}
