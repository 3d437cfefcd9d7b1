import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_REQUEST_STREAM_CURSOR,
  ATTR_GEN_AI_RESPONSE_ID,
  GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE,
} from '@genspan/semconv';
import type { ClientOperation } from '../client-operation.js';
import { count, fields, identifier } from '../untyped.js';
import { fetchedResponse } from './response-result.js';
import { ResponseStreamReader } from './stream-reader.js';

/** `responses.retrieve`: reads a stored response back, whole or as a stream that may be resumed. */
export const fetchResponse: ClientOperation = {
  request([responseId, query]) {
    const attributes: Attributes = {};
    const id = identifier(responseId);
    if (id !== undefined) attributes[ATTR_GEN_AI_RESPONSE_ID] = id;
    const { starting_after: cursor, stream } = fields(query);
    const position = count(cursor);
    if (position !== undefined) attributes[ATTR_GEN_AI_REQUEST_STREAM_CURSOR] = String(position);
    return {
      kind: 'other',
      operationName: GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE,
      spanName: GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE,
      streaming: stream === true,
      attributes,
    };
  },
  response: (value) => fetchedResponse(value),
  stream: (options) => new ResponseStreamReader(options, fetchedResponse),
};
