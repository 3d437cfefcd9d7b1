import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  GEN_AI_OUTPUT_TYPE_VALUE_JSON,
  GEN_AI_OUTPUT_TYPE_VALUE_TEXT,
  GENSPAN_OPERATION_NAME_VALUE_TRANSCRIPTION,
  GENSPAN_OPERATION_NAME_VALUE_TRANSLATION,
} from '@genspan/semconv';
import type { MessagePart } from '@genspan/semconv';
import type { RequestContent } from '@genspan/genai-operation';
import type { ClientOperation } from '../client-operation.js';
import { count, fields, text, type Fields } from '../untyped.js';
import { uploadParts } from '../upload-parts.js';
import { transcript } from './transcript.js';
import { TranscriptStreamReader } from './transcript-stream-reader.js';

/** `audio.transcriptions.create`: text in the language that is spoken. */
export const transcription = fromAudio(GENSPAN_OPERATION_NAME_VALUE_TRANSCRIPTION);
/** `audio.translations.create`: text in English. */
export const translation = fromAudio(GENSPAN_OPERATION_NAME_VALUE_TRANSLATION);

function fromAudio(operationName: string): ClientOperation {
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
    response: transcript,
    stream: (options) => new TranscriptStreamReader(options),
  };
}

const OUTPUT_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['json', GEN_AI_OUTPUT_TYPE_VALUE_JSON],
  ['verbose_json', GEN_AI_OUTPUT_TYPE_VALUE_JSON],
  ['diarized_json', GEN_AI_OUTPUT_TYPE_VALUE_JSON],
  ['text', GEN_AI_OUTPUT_TYPE_VALUE_TEXT],
  ['srt', GEN_AI_OUTPUT_TYPE_VALUE_TEXT],
  ['vtt', GEN_AI_OUTPUT_TYPE_VALUE_TEXT],
]);

function requestAttributes(params: Fields): Attributes {
  const attributes: Attributes = {};
  const outputType = OUTPUT_TYPES.get(params['response_format']);
  if (outputType !== undefined) attributes[ATTR_GEN_AI_OUTPUT_TYPE] = outputType;
  const temperature = count(params['temperature']);
  if (temperature !== undefined) attributes[ATTR_GEN_AI_REQUEST_TEMPERATURE] = temperature;
  return attributes;
}

function requestContent(params: Fields): RequestContent {
  const prompt = text(params['prompt']);
  const parts: MessagePart[] = prompt === undefined ? [] : [{ type: 'text', content: prompt }];
  parts.push(...uploadParts(params['file'], 'audio'));
  return { inputMessages: parts.length === 0 ? [] : [{ role: 'user', parts }] };
}
