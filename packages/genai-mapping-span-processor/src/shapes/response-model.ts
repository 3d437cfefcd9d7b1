import type { GenAIRecord } from '../genai-record.js';

/**
 * Whether the one model that a dialect has a name for is that of the response, as another dialect on the same span says, and
 * none is known to be asked for: taken for the request's, it would tell what nobody said.
 */
export function isOnlyResponseModel(model: unknown, record: GenAIRecord): boolean {
  return model !== undefined && !record.has('gen_ai.request.model') && record.get('gen_ai.response.model') === model;
}
