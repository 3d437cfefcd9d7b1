import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  GEN_AI_OUTPUT_TYPE_VALUE_IMAGE,
  GENSPAN_OPERATION_NAME_VALUE_IMAGE_EDIT,
  GENSPAN_OPERATION_NAME_VALUE_IMAGE_GENERATION,
  GENSPAN_OPERATION_NAME_VALUE_IMAGE_VARIATION,
} from '@genspan/semconv';
import type { MessagePart, OutputMessage } from '@genspan/semconv';
import type { OperationEnd, RequestContent } from '@genspan/genai-operation';
import type { ClientOperation, StreamReader, StreamReaderOptions } from './client-operation.js';
import { blobPart, uriOrBlob } from './media-parts.js';
import { mediaUsage } from './media-usage.js';
import { count, fields, filled, list, text, type Fields } from './untyped.js';
import { uploadParts } from './upload-parts.js';

/** `images.generate`. */
export const imageGeneration = imageOperation(GENSPAN_OPERATION_NAME_VALUE_IMAGE_GENERATION);
/** `images.edit`. */
export const imageEdit = imageOperation(GENSPAN_OPERATION_NAME_VALUE_IMAGE_EDIT);
/** `images.createVariation`. */
export const imageVariation = imageOperation(GENSPAN_OPERATION_NAME_VALUE_IMAGE_VARIATION);

function imageOperation(operationName: string): ClientOperation {
  return {
    request([params]) {
      const request = fields(params);
      return {
        kind: 'other',
        operationName,
        requestModel: text(request['model']),
        streaming: request['stream'] === true,
        attributes: requestAttributes(request),
        content: () => requestContent(request),
      };
    },
    response: imagesResponse,
    stream: (options) => new ImageStreamReader(options),
  };
}

function requestAttributes(params: Fields): Attributes {
  const attributes: Attributes = { [ATTR_GEN_AI_OUTPUT_TYPE]: GEN_AI_OUTPUT_TYPE_VALUE_IMAGE };
  const images = count(params['n']);
  if (images !== undefined && images !== 1) attributes[ATTR_GEN_AI_REQUEST_CHOICE_COUNT] = images;
  return attributes;
}

function requestContent(params: Fields): RequestContent {
  const prompt = text(params['prompt']);
  const parts: MessagePart[] = prompt === undefined ? [] : [{ type: 'text', content: prompt }];
  parts.push(...uploadParts(params['image'], 'image'), ...uploadParts(params['mask'], 'image'));
  return { inputMessages: parts.length === 0 ? [] : [{ role: 'user', parts }] };
}

/** Translates what the API answers; it names neither a model nor a reason to stop. */
function imagesResponse(value: unknown): OperationEnd {
  const response = fields(value);
  return {
    result: {
      usage: mediaUsage(response['usage']),
      content: () => ({
        outputMessages: list(response['data']).map((image) => outputMessage(fields(image), response['output_format'])),
      }),
    },
  };
}

function outputMessage(image: Fields, format: unknown): OutputMessage {
  const parts: MessagePart[] = [];
  const data = filled(image['b64_json']);
  const made = data === undefined ? uriOrBlob('image', image['url']) : blobPart('image', data, mimeTypeOf(format));
  if (made !== undefined) parts.push(made);
  const revisedPrompt = filled(image['revised_prompt']);
  if (revisedPrompt !== undefined) parts.push({ type: 'text', content: revisedPrompt });
  return { role: 'assistant', parts, finish_reason: 'stop' };
}

function mimeTypeOf(format: unknown): string | undefined {
  if (typeof format !== 'string') return undefined;
  return format === 'svg' ? 'image/svg+xml' : `image/${format}`;
}

/** Gathers a streamed image. The partial ones before it are previews of the same image, and are not kept. */
class ImageStreamReader implements StreamReader {
  readonly #capturesContent: boolean;
  readonly #images: Fields[] = [];
  #format: unknown;
  #usage: unknown;

  constructor({ capturesContent }: StreamReaderOptions) {
    this.#capturesContent = capturesContent;
  }

  add(chunk: unknown): void {
    const event = fields(chunk);
    if (text(event['type'])?.endsWith('.completed') !== true) return;
    if (event['usage']) this.#usage = event['usage'];
    if (!this.#capturesContent) return;
    this.#format = event['output_format'];
    this.#images.push({ b64_json: event['b64_json'], url: event['url'] });
  }

  end(): OperationEnd {
    return imagesResponse({ data: this.#images, output_format: this.#format, usage: this.#usage });
  }
}
