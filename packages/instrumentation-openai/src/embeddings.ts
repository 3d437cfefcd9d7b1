import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT,
  ATTR_GEN_AI_REQUEST_ENCODING_FORMATS,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
} from '@genspan/semconv';
import type { ClientOperation } from './client-operation.js';
import { encodingFormat } from './enumerations.js';
import { count, fields, list, text } from './untyped.js';

/**
 * `embeddings.create`. The conventions have no attribute for what is embedded nor for the vectors, so neither is
 * recorded, whatever is captured.
 */
export const embeddings: ClientOperation = {
  request([params]) {
    const request = fields(params);
    const attributes: Attributes = {};
    // The client itself asks for base64 where the caller asks for nothing; that is not what the caller asked for.
    const format = encodingFormat(request['encoding_format']);
    if (format !== undefined) attributes[ATTR_GEN_AI_REQUEST_ENCODING_FORMATS] = [format];
    const dimensions = count(request['dimensions']);
    if (dimensions !== undefined) attributes[ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT] = dimensions;
    return {
      kind: 'other',
      operationName: GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
      requestModel: text(request['model']),
      attributes,
    };
  },
  response(value) {
    const response = fields(value);
    const dimensions = dimensionsOf(fields(list(response['data'])[0])['embedding']);
    const input = count(fields(response['usage'])['prompt_tokens']);
    return {
      result: {
        responseModel: text(response['model']),
        usage: input === undefined ? undefined : { input },
        attributes: dimensions === undefined ? undefined : { [ATTR_GEN_AI_EMBEDDINGS_DIMENSION_COUNT]: dimensions },
      },
    };
  },
};

/** The client hands vectors over as numbers, or as base64 to a caller that asked for it. */
function dimensionsOf(vector: unknown): number | undefined {
  return (Array.isArray(vector) || vector instanceof Float32Array) && vector.length > 0 ? vector.length : undefined;
}
