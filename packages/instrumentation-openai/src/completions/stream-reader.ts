import type { OperationEnd } from '@genspan/genai-operation';
import type { StreamReader, StreamReaderOptions } from '../client-operation.js';
import { IndexedSlots } from '../indexed-slots.js';
import { fields, type Fields } from '../untyped.js';
import { completionResponse } from './response.js';

interface Choice {
  finish_reason?: unknown;
  text?: string;
}

/** Gathers a streamed completion into the completion it would have been, and translates that. */
export class CompletionStreamReader implements StreamReader {
  readonly #capturesContent: boolean;
  readonly #choices = new IndexedSlots<Choice>(() => ({}));
  #id: unknown;
  #model: unknown;
  #fingerprint: unknown;
  #usage: unknown;

  constructor({ capturesContent }: StreamReaderOptions) {
    this.#capturesContent = capturesContent;
  }

  add(chunk: unknown): void {
    const { id, model, system_fingerprint: fingerprint, usage, choices } = fields(chunk);
    if (id) this.#id = id;
    if (model) this.#model = model;
    if (fingerprint) this.#fingerprint = fingerprint;
    if (usage) this.#usage = usage;
    if (!Array.isArray(choices)) return;
    for (let i = 0; i < choices.length; i++) this.#addChoice(fields(choices[i]), i);
  }

  #addChoice(chunk: Fields, position: number): void {
    const { index, text, finish_reason: reason } = chunk;
    const choice = this.#choices.at(index, position);
    if (reason) choice.finish_reason = reason;
    if (this.#capturesContent && typeof text === 'string') choice.text = (choice.text ?? '') + text;
  }

  end(): OperationEnd {
    return completionResponse({
      id: this.#id,
      model: this.#model,
      system_fingerprint: this.#fingerprint,
      usage: this.#usage,
      choices: this.#choices.all(),
    });
  }
}
