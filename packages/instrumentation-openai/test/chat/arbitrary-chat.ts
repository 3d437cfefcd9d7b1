import fc from 'fast-check';

type Json = Readonly<Record<string, unknown>>;

const id = (prefix: string) => fc.stringMatching(/^[A-Za-z0-9]{1,8}$/).map((rest) => `${prefix}_${rest}`);
const functionName = fc.stringMatching(/^[a-z_]{1,12}$/);
const args = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
  fc.string(),
);
const base64 = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

const toolCall: fc.Arbitrary<Json> = fc.oneof(
  fc.record({
    id: id('call'),
    type: fc.constant('function'),
    function: fc.record({ name: functionName, arguments: args }),
  }),
  fc.record({ id: id('call'), type: fc.constant('custom'), custom: fc.record({ name: functionName, input: args }) }),
);

const answer: fc.Arbitrary<Json> = fc.record(
  {
    role: fc.constant('assistant'),
    content: optional(fc.string()),
    refusal: optional(fc.string()),
    reasoning_content: fc.string(),
    tool_calls: fc.uniqueArray(toolCall, { maxLength: 3, selector: (call) => call['id'] }),
    function_call: fc.record({ name: functionName, arguments: args }),
    audio: fc.record({ id: id('audio'), data: base64, transcript: fc.string() }),
  },
  { requiredKeys: ['role', 'content'] },
);

/** A chat completion as the API may answer it. */
export const chatCompletion: fc.Arbitrary<Json> = fc.record(
  {
    id: id('chatcmpl'),
    object: fc.constant('chat.completion'),
    model: fc.constantFrom('gpt-4o', 'gpt-5-2026-01-01'),
    choices: fc
      .array(
        fc.record({
          message: answer,
          finish_reason: fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter', 'odd'),
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map((choices) => choices.map((choice, index) => ({ index, ...choice }))),
    usage: fc.record({
      prompt_tokens: fc.nat(),
      completion_tokens: fc.nat(),
      prompt_tokens_details: fc.record({ cached_tokens: fc.nat(), audio_tokens: fc.nat() }),
      completion_tokens_details: fc.record({ reasoning_tokens: fc.nat(), audio_tokens: fc.nat() }),
    }),
    service_tier: fc.constantFrom('default', 'flex'),
    system_fingerprint: id('fp'),
  },
  { requiredKeys: ['id', 'object', 'model', 'choices'] },
);

const textPart = fc.record({ type: fc.constant('text'), text: fc.string() });
const userPart: fc.Arbitrary<Json> = fc.oneof(
  textPart,
  fc.record({
    type: fc.constant('image_url'),
    image_url: fc.record({
      url: fc.oneof(
        fc.webUrl(),
        base64.map((data) => `data:image/png;base64,${data}`),
      ),
    }),
  }),
  fc.record({
    type: fc.constant('input_audio'),
    input_audio: fc.record({ data: base64, format: fc.constantFrom('wav', 'mp3') }),
  }),
  fc.record({
    type: fc.constant('file'),
    file: fc.oneof(
      fc.record({ file_id: id('file') }),
      fc.record({ filename: fc.string(), file_data: base64.map((data) => `data:application/pdf;base64,${data}`) }),
    ),
  }),
);
const textContent = fc.oneof(fc.string(), fc.array(textPart));

const message: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ role: fc.constantFrom('system', 'developer'), content: textContent, name: fc.string() }),
  fc.record({ role: fc.constant('user'), content: fc.oneof(fc.string(), fc.array(userPart)) }),
  answer,
  fc.record({ role: fc.constant('tool'), tool_call_id: id('call'), content: textContent }),
  fc.record({ role: fc.constant('function'), name: functionName, content: optional(fc.string()) }),
);

/** Parameters of a chat completion as a caller may pass them. */
export const chatParams: fc.Arbitrary<Json> = fc.record(
  {
    model: fc.constantFrom('gpt-4o', 'o3'),
    messages: fc.array(message, { maxLength: 6 }),
    tools: fc.array(
      fc.oneof(
        fc.record({
          type: fc.constant('function'),
          function: fc.record(
            {
              name: functionName,
              description: fc.string(),
              parameters: fc.constant({ type: 'object', properties: { city: { type: 'string' } } }),
              strict: fc.boolean(),
            },
            { requiredKeys: ['name'] },
          ),
        }),
        fc.record({
          type: fc.constant('custom'),
          custom: fc.record({ name: functionName, format: fc.record({ type: fc.constant('text') }) }),
        }),
      ),
    ),
    stop: fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 4 }), fc.constant(null)),
    n: fc.integer({ min: 1, max: 5 }),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
  },
  { requiredKeys: ['model', 'messages'] },
);

/** A completion with one way to stream it: cut anywhere, the pieces of choices and tool calls in any order. */
export const streamedCompletion: fc.Arbitrary<{ completion: Json; chunks: readonly Json[] }> = fc
  .record({
    completion: chatCompletion,
    cuts: fc.array(fc.nat(6), { minLength: 1, maxLength: 20 }),
    turns: fc.array(fc.nat(20), { minLength: 1, maxLength: 20 }),
  })
  .map(({ completion, cuts, turns }) => ({
    completion,
    chunks: [...chunksOf(completion, forever(cuts), forever(turns))],
  }));

function* forever(numbers: readonly number[]): Generator<number, never> {
  for (;;) yield* numbers;
}

function* chunksOf(completion: Json, cuts: Generator<number, never>, turns: Generator<number, never>): Generator<Json> {
  const { choices, usage, ...head } = completion;
  const piecesOf = (text: unknown): string[] => {
    const pieces: string[] = [];
    for (let rest = String(text); rest !== '';) {
      const length = cuts.next().value + 1;
      pieces.push(rest.slice(0, length));
      rest = rest.slice(length);
    }
    return pieces;
  };
  const ends: Json[] = [];
  const lanes: Json[][] = [];
  for (const { index, message, finish_reason } of choices as {
    index: number;
    message: Json;
    finish_reason: string;
  }[]) {
    const lane = (deltas: Json[]): void => void lanes.push(deltas.map((delta) => ({ index, delta })));
    lane([{ role: message['role'], content: message['content'] === null ? null : '' }]);
    for (const field of ['content', 'refusal', 'reasoning_content']) {
      if (typeof message[field] === 'string') lane(piecesOf(message[field]).map((piece) => ({ [field]: piece })));
    }
    for (const [at, call] of ((message['tool_calls'] ?? []) as Json[]).entries()) {
      const kind = String(call['type']);
      const { name, ...rest } = call[kind] as Record<string, string>;
      const [field = '', text = ''] = Object.entries(rest)[0] ?? [];
      const head = { index: at, id: call['id'], type: kind, [kind]: { name, [field]: '' } };
      const tail = piecesOf(text).map((piece) => ({ index: at, [kind]: { [field]: piece } }));
      lane([head, ...tail].map((piece) => ({ tool_calls: [piece] })));
    }
    if (message['function_call'] !== undefined) {
      const { name, arguments: text } = message['function_call'] as Record<string, string>;
      const tail = piecesOf(text).map((piece) => ({ arguments: piece }));
      lane([{ name, arguments: '' }, ...tail].map((piece) => ({ function_call: piece })));
    }
    if (message['audio'] !== undefined) {
      const { id: audioId, data, transcript } = message['audio'] as Record<string, string>;
      lane([{ audio: { id: audioId } }, ...piecesOf(data).map((piece) => ({ audio: { data: piece } }))]);
      lane(piecesOf(transcript).map((piece) => ({ audio: { transcript: piece } })));
    }
    ends.push({ index, delta: {}, finish_reason });
  }
  for (const choice of inAnyOrder(lanes, turns)) yield { ...head, choices: [choice] };
  for (const end of ends) yield { ...head, choices: [end] };
  if (usage !== undefined) yield { ...head, choices: [], usage };
}

function* inAnyOrder<T>(lanes: T[][], turns: Generator<number, never>): Generator<T> {
  for (
    let open = lanes.filter((lane) => lane.length > 0);
    open.length > 0;
    open = open.filter((lane) => lane.length > 0)
  ) {
    const piece = open[turns.next().value % open.length]?.shift();
    if (piece !== undefined) yield piece;
  }
}
