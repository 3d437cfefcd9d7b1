import { asNumber, type JsonObject } from '../../json.js';
import { json, type Reply, type RouteRequest } from '../reply.js';

const DEFAULT_LIMIT = 2;

/** One page of a list with ids, by the `limit` and `after` of the query. */
export function page(items: readonly (JsonObject & { readonly id: string })[], { params }: RouteRequest): Reply {
  const start = params['after'] === undefined ? 0 : items.findIndex(({ id }) => id === params['after']) + 1;
  const data = items.slice(start, start + asNumber(params['limit'], DEFAULT_LIMIT));
  const has_more = start + data.length < items.length;
  return json({ object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more });
}
