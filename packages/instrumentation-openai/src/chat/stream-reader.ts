import type { OperationEnd } from '@genspan/genai-operation';
import type { StreamReader, StreamReaderOptions } from '../client-operation.js';
import { fields, type Fields } from '../untyped.js';
import { chatResponse } from './response.js';

/** One choice as gathered so far, in the fields that `message` has in a response that is not streamed. */
interface Choice {
  finish_reason?: unknown;
  readonly message: {
    role?: unknown;
    content?: string;
    reasoning_content?: string;
    refusal?: string;
    audio?: { id?: unknown; data?: string; transcript?: string };
    tool_calls?: ToolCall[];
    function_call?: { name?: string; arguments?: string };
  };
}

interface ToolCall {
  id?: unknown;
  type?: unknown;
  function: { name: string; arguments: string };
  custom: { name: string; input: string };
}

/**
 * Gathers a streamed chat completion into the completion it would have been, and translates that. Choices and tool
 * calls are told apart by their `index`: the chunks of several are interleaved.
 */
export class ChatStreamReader implements StreamReader {
  readonly #capturesContent: boolean;
  readonly #choices: Choice[] = [];
  #id: unknown;
  #model: unknown;
  #serviceTier: unknown;
  #fingerprint: unknown;
  #usage: unknown;

  constructor({ capturesContent }: StreamReaderOptions) {
    this.#capturesContent = capturesContent;
  }

  add(chunk: unknown): void {
    const { id, model, service_tier: tier, system_fingerprint: fingerprint, usage, choices } = fields(chunk);
    // Azure's first chunk, with the verdict on the prompt, has an empty id and model.
    if (id) this.#id = id;
    if (model) this.#model = model;
    if (tier) this.#serviceTier = tier;
    if (fingerprint) this.#fingerprint = fingerprint;
    if (usage) this.#usage = usage;
    if (!Array.isArray(choices)) return;
    for (let i = 0; i < choices.length; i++) this.#addChoice(fields(choices[i]), i);
  }

  #addChoice(chunk: Fields, position: number): void {
    const { index, delta, finish_reason: reason } = chunk;
    const choice = (this.#choices[typeof index === 'number' ? index : position] ??= { message: {} });
    if (reason) choice.finish_reason = reason;
    if (this.#capturesContent && delta) addDelta(choice.message, fields(delta));
  }

  end(): OperationEnd {
    const choices = Array.from(this.#choices, (choice) => choice ?? { message: {} });
    for (const choice of choices) {
      if (choice.message.tool_calls !== undefined)
        choice.message.tool_calls = choice.message.tool_calls.filter(Boolean);
    }
    return chatResponse({
      id: this.#id,
      model: this.#model,
      service_tier: this.#serviceTier,
      system_fingerprint: this.#fingerprint,
      usage: this.#usage,
      choices,
    });
  }
}

function addDelta(message: Choice['message'], delta: Fields): void {
  const { role, content, reasoning_content, reasoning, refusal, audio, tool_calls: calls, function_call: call } = delta;
  if (typeof content === 'string') message.content = (message.content ?? '') + content;
  if (role) message.role = role;
  const thought = reasoning_content ?? reasoning;
  if (typeof thought === 'string') message.reasoning_content = (message.reasoning_content ?? '') + thought;
  if (typeof refusal === 'string') message.refusal = (message.refusal ?? '') + refusal;
  if (audio) addAudio((message.audio ??= {}), fields(audio));
  if (Array.isArray(calls))
    for (let i = 0; i < calls.length; i++) addToolCall((message.tool_calls ??= []), fields(calls[i]), i);
  if (call) {
    const { name, arguments: part } = fields(call);
    const gathered = (message.function_call ??= {});
    if (typeof name === 'string') gathered.name = name;
    if (typeof part === 'string') gathered.arguments = (gathered.arguments ?? '') + part;
  }
}

function addToolCall(calls: ToolCall[], chunk: Fields, position: number): void {
  const { index, id, type } = chunk;
  const call = (calls[typeof index === 'number' ? index : position] ??= {
    function: { name: '', arguments: '' },
    custom: { name: '', input: '' },
  });
  if (id) call.id = id;
  if (type) call.type = type;
  const called = fields(chunk['function']);
  if (typeof called['name'] === 'string') call.function.name += called['name'];
  if (typeof called['arguments'] === 'string') call.function.arguments += called['arguments'];
  const custom = fields(chunk['custom']);
  if (typeof custom['name'] === 'string') call.custom.name += custom['name'];
  if (typeof custom['input'] === 'string') call.custom.input += custom['input'];
}

function addAudio(gathered: NonNullable<Choice['message']['audio']>, audio: Fields): void {
  const { id, data, transcript } = audio;
  if (id) gathered.id = id;
  if (typeof data === 'string') gathered.data = (gathered.data ?? '') + data;
  if (typeof transcript === 'string') gathered.transcript = (gathered.transcript ?? '') + transcript;
}
