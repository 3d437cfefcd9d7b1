import type { GenAIFailure, OperationEnd } from '@genspan/genai-operation';
import type { StreamReader, StreamReaderOptions } from '../client-operation.js';
import { fields, list, type Fields } from '../untyped.js';
import { GatheredItems } from './gathered-items.js';
import { responseFailure } from './response-failure.js';
import type { ResponseTranslation } from './response-result.js';

/**
 * Reads a streamed response. Its last event holds all of it, and is translated as a response that was not streamed;
 * what is gathered on the way serves the stream that is cut short.
 */
export class ResponseStreamReader implements StreamReader {
  readonly #translate: ResponseTranslation;
  readonly #capturesContent: boolean;
  #items: GatheredItems | undefined;
  #started = false;
  /** Of a response that is not finished: what does not change any more. */
  #head: Fields = {};
  #finished: Fields | undefined;
  #failure: GenAIFailure | undefined;

  constructor({ capturesContent }: StreamReaderOptions, translate: ResponseTranslation) {
    this.#translate = translate;
    this.#capturesContent = capturesContent;
    this.#items = capturesContent ? new GatheredItems() : undefined;
  }

  add(chunk: unknown): void {
    const event = fields(chunk);
    const { type } = event;
    this.#started = true;
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        this.#head = this.#headOf(fields(event['response']));
        return;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        this.#finished = fields(event['response']);
        return;
      case 'error':
        this.#failure = responseFailure(event);
        return;
      default:
        this.#items?.add(type, event);
    }
  }

  get complete(): boolean {
    return this.#finished !== undefined;
  }

  end(): OperationEnd {
    if (!this.#started) return {};
    const end = this.#translated();
    // The stream may live on in the application; what it carried need not.
    this.#finished = this.#items = undefined;
    this.#head = {};
    return this.#failure === undefined ? end : { ...end, failure: this.#failure };
  }

  #translated(): OperationEnd {
    const finished = this.#finished;
    const items = this.#items?.output() ?? [];
    if (finished === undefined) {
      // Cut short: the reason never came, which the conventions mark by `error`.
      return this.#translate({ ...this.#head, output: items }, 'error');
    }
    // Some servers of the same API leave the output out of their last event.
    const isWhole = items.length === 0 || list(finished['output']).length > 0;
    return this.#translate(isWhole ? finished : { ...finished, output: items });
  }

  #headOf(response: Fields): Fields {
    const { id, model, status, service_tier, conversation, instructions, tools } = response;
    const head = { id, model, status, service_tier, conversation };
    return this.#capturesContent ? { ...head, instructions, tools } : head;
  }
}
