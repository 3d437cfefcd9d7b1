import type { OperationEnd } from '@genspan/genai-operation';
import type { StreamReader, StreamReaderOptions } from '../client-operation.js';
import { IndexedSlots } from '../indexed-slots.js';
import { joinBase64 } from '../media-parts.js';
import { fields, type Fields } from '../untyped.js';
import { chatResponse } from './response.js';
import { StreamedToolCalls } from './streamed-tool-calls.js';

/** One choice as gathered so far, in the fields that `message` has in a response that is not streamed. */
interface Choice {
  finish_reason?: unknown;
  readonly message: {
    role?: unknown;
    content?: string;
    reasoning_content?: string;
    refusal?: string;
    function_call?: { name?: string; arguments?: string };
  };
  audio?: { readonly data: string[]; transcript: string };
  toolCalls?: StreamedToolCalls;
}

/**
 * Gathers a streamed chat completion into the completion it would have been, and translates that. Choices and tool
 * calls are told apart by their `index`: the chunks of several are interleaved.
 */
export class ChatStreamReader implements StreamReader {
  readonly #capturesContent: boolean;
  readonly #choices = new IndexedSlots<Choice>(() => ({ message: {} }));
  #id: unknown;
  #model: unknown;
  #serviceTier: unknown;
  #fingerprint: unknown;
  #usage: unknown;

  constructor({ capturesContent }: StreamReaderOptions) {
    this.#capturesContent = capturesContent;
  }

  add(chunk: unknown): void {
    const {
      id,
      model,
      service_tier: tier,
      system_fingerprint: fingerprint,
      usage,
      choices,
      x_groq: groq,
    } = fields(chunk);
    // Azure's first chunk, with the verdict on the prompt, has an empty id and model.
    if (id) this.#id = id;
    if (model) this.#model = model;
    if (tier) this.#serviceTier = tier;
    if (fingerprint) this.#fingerprint = fingerprint;
    // Groq reports usage in a field of its own, unasked.
    const reported = usage ?? (groq && fields(groq)['usage']);
    if (reported) this.#usage = reported;
    if (!Array.isArray(choices)) return;
    for (let i = 0; i < choices.length; i++) this.#addChoice(fields(choices[i]), i);
  }

  #addChoice(chunk: Fields, position: number): void {
    const { index, delta, finish_reason: reason } = chunk;
    const choice = this.#choices.at(index, position);
    if (reason) choice.finish_reason = reason;
    if (this.#capturesContent && delta) addDelta(choice, fields(delta));
  }

  get complete(): boolean {
    const choices = this.#choices.all();
    return choices.length > 0 && choices.every((choice) => choice.finish_reason !== undefined);
  }

  end(): OperationEnd {
    return chatResponse({
      id: this.#id,
      model: this.#model,
      service_tier: this.#serviceTier,
      system_fingerprint: this.#fingerprint,
      usage: this.#usage,
      choices: this.#choices.all().map(asInResponse),
    });
  }
}

function addDelta(choice: Choice, delta: Fields): void {
  const { role, content, reasoning_content, reasoning, refusal, audio, tool_calls: calls, function_call: call } = delta;
  const { message } = choice;
  if (typeof content === 'string') message.content = (message.content ?? '') + content;
  if (role) message.role = role;
  const thought = reasoning_content ?? reasoning;
  if (typeof thought === 'string') message.reasoning_content = (message.reasoning_content ?? '') + thought;
  if (typeof refusal === 'string') message.refusal = (message.refusal ?? '') + refusal;
  if (audio) addAudio((choice.audio ??= { data: [], transcript: '' }), fields(audio));
  if (Array.isArray(calls)) {
    const gathered = (choice.toolCalls ??= new StreamedToolCalls());
    for (let i = 0; i < calls.length; i++) gathered.add(fields(calls[i]));
  }
  if (call) {
    const { name, arguments: part } = fields(call);
    const gathered = (message.function_call ??= {});
    if (typeof name === 'string') gathered.name = (gathered.name ?? '') + name;
    if (typeof part === 'string') gathered.arguments = (gathered.arguments ?? '') + part;
  }
}

function addAudio(gathered: NonNullable<Choice['audio']>, { data, transcript }: Fields): void {
  if (typeof data === 'string') gathered.data.push(data);
  if (typeof transcript === 'string') gathered.transcript += transcript;
}

function asInResponse({ finish_reason, message, audio, toolCalls }: Choice): Fields {
  return {
    finish_reason,
    message: {
      ...message,
      ...(audio && { audio: { data: joinBase64(audio.data), transcript: audio.transcript } }),
      ...(toolCalls && { tool_calls: toolCalls.all() }),
    },
  };
}
