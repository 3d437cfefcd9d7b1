import { asJsonObject, isTrue, type JsonObject } from '../../json.js';
import { words, type RouteRequest } from '../reply.js';
import type { ChatChoice, ChatCompletion, ChatToolCall } from './chat-completion.js';

const LONG_CHUNK_BYTES = 16 * 1024;

/** The chunks of a streamed chat completion: the choices take turns, as they do on the wire. */
export function* chatChunks(completion: ChatCompletion, request: RouteRequest): Generator<JsonObject, void, void> {
  const { params, scenario } = request;
  const withUsage = isTrue(asJsonObject(params['stream_options'])['include_usage']);
  const head = {
    id: completion.id,
    object: 'chat.completion.chunk',
    created: completion.created,
    model: completion.model,
    service_tier: completion.service_tier,
    system_fingerprint: completion.system_fingerprint,
  };
  const usage = withUsage ? { usage: null } : {};
  const chunk = (choice: JsonObject): JsonObject => ({ ...head, choices: [choice], ...usage });

  if (completion.prompt_filter_results !== undefined) {
    const { prompt_filter_results } = completion;
    yield { ...head, id: '', model: '', created: 0, choices: [], prompt_filter_results, ...usage };
  }
  if (scenario.has('odd-chunks')) yield* oddChunks(head);
  if (scenario.has('null-choice')) yield { ...head, choices: [null] };
  if (scenario.has('long-stream')) {
    const content = 'x'.repeat(LONG_CHUNK_BYTES);
    for (let sent = 0; sent < scenario.argument('long-stream', 1000); sent += 1) {
      yield chunk({ index: 0, delta: { content }, logprobs: null, finish_reason: null });
    }
  }
  for (const choice of inTurns(completion.choices.map(choiceDeltas))) yield chunk(choice);
  if (withUsage && completion.usage !== undefined) yield { ...head, choices: [], usage: completion.usage };
}

function* choiceDeltas({ index, message, logprobs, finish_reason }: ChatChoice): Generator<JsonObject, void, void> {
  const delta = (value: JsonObject | null, probabilities: unknown = null): JsonObject => ({
    index,
    delta: value,
    logprobs: probabilities,
    finish_reason: null,
  });
  yield delta({ role: 'assistant', content: message.content === null ? null : '', refusal: null });
  for (const reasoning_content of words(message.reasoning_content ?? '')) {
    yield delta({ content: null, reasoning_content });
  }
  for (const refusal of words(message.refusal ?? '')) yield delta({ refusal });
  for (const [position, content] of words(message.content ?? '').entries()) {
    const token = logprobs?.content[position];
    yield delta({ content }, token === undefined ? null : { content: [token], refusal: null });
  }
  if (message.audio !== undefined) {
    const { id, data, transcript, expires_at } = message.audio;
    yield delta({ audio: { id, transcript: '' } });
    for (const word of words(transcript)) yield delta({ audio: { transcript: word } });
    yield delta({ audio: { data } });
    yield delta({ audio: { expires_at } });
  }
  for (const tool_calls of inTurns((message.tool_calls ?? []).map(toolCallDeltas))) yield delta({ tool_calls });
  yield { index, delta: {}, logprobs: null, finish_reason };
}

function* toolCallDeltas(call: ChatToolCall, index: number): Generator<JsonObject[], void, void> {
  yield [{ index, id: call.id, type: 'function', function: { name: call.function.name, arguments: '' } }];
  for (const piece of call.function.arguments.match(/.{1,5}/gs) ?? []) {
    yield [{ index, function: { arguments: piece } }];
  }
}

/** One item of each source in turn, until all are empty. */
function* inTurns<T>(sources: Generator<T, void, void>[]): Generator<T, void, void> {
  let open = sources;
  while (open.length > 0) {
    const next: Generator<T, void, void>[] = [];
    for (const source of open) {
      const result = source.next();
      if (result.done === true) continue;
      next.push(source);
      yield result.value;
    }
    open = next;
  }
}

function* oddChunks(head: JsonObject): Generator<JsonObject, void, void> {
  yield { ...head };
  yield { ...head, choices: [] };
  yield { ...head, choices: null };
  yield { ...head, choices: [{ index: 0, delta: null, finish_reason: null }] };
  yield { ...head, choices: [{ index: 0, delta: { content: 7, tool_calls: [{}, null] }, finish_reason: null }] };
  yield { ...head, choices: [], usage: { prompt_tokens: true, completion_tokens: '9', total_tokens: null } };
  yield { object: 'unknown.event', id: null, model: 5, choices: 'none' };
}
