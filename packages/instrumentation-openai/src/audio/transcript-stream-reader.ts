import type { OperationEnd } from '@genspan/genai-operation';
import type { StreamReader, StreamReaderOptions } from '../client-operation.js';
import { fields } from '../untyped.js';
import { transcript } from './transcript.js';

/** Gathers a streamed transcript: the last event has the whole text, those before it what there is if it never comes. */
export class TranscriptStreamReader implements StreamReader {
  readonly #capturesContent: boolean;
  #text: string | undefined;
  #usage: unknown;
  #done = false;

  constructor({ capturesContent }: StreamReaderOptions) {
    this.#capturesContent = capturesContent;
  }

  add(chunk: unknown): void {
    const { type, delta, text, usage } = fields(chunk);
    if (type === 'transcript.text.delta') {
      if (this.#capturesContent && typeof delta === 'string') this.#text = (this.#text ?? '') + delta;
    } else if (type === 'transcript.text.done') {
      this.#done = true;
      this.#usage = usage;
      if (this.#capturesContent && typeof text === 'string') this.#text = text;
    }
  }

  end(): OperationEnd {
    return transcript({ text: this.#text, usage: this.#usage }, this.#done ? 'stop' : 'error');
  }
}
