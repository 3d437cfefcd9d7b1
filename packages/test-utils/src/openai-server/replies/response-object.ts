import { asJsonObject, asNumber, isTrue, type JsonObject } from '../../json.js';
import { CREATED_AT, json, typedEvents, type TypedEvent, type Reply, type RouteRequest } from '../reply.js';
import { responsesUsage } from '../usage.js';
import { responseEvents } from './response-events.js';
import { outputItems, type OutputItem } from './response-items.js';

const CREATED_ID = 'resp_1';
const GENERATED_FAILURE = { code: 'server_error', message: 'The model failed to generate a response.' };

/** Answers `POST /responses`; a background request comes back `queued`. */
export function createResponse(request: RouteRequest): Reply {
  const items = outputItems(request);
  if (isTrue(request.params['stream'])) return stream(request, CREATED_ID, items);
  if (isTrue(request.params['background'])) {
    return json({ ...responseObject(request, CREATED_ID, [], 'queued'), usage: null });
  }
  return json(responseObject(request, CREATED_ID, items));
}

/** Answers `GET /responses/:id`, as JSON or as the stream from `starting_after` on. */
export function retrieveResponse(request: RouteRequest): Reply {
  const id = request.groups['id'] ?? CREATED_ID;
  const items = outputItems(request);
  return isTrue(request.params['stream']) ? stream(request, id, items) : json(responseObject(request, id, items));
}

/** Answers `POST /responses/:id/cancel`. */
export function cancelResponse(request: RouteRequest): Reply {
  const id = request.groups['id'] ?? CREATED_ID;
  return json({ ...responseObject(request, id, [], 'cancelled'), usage: null });
}

/** Answers `DELETE /responses/:id`. */
export function deleteResponse({ groups }: RouteRequest): Reply {
  return json({ id: groups['id'], object: 'response', deleted: true });
}

/** Answers `GET /responses/:id/input_items`. */
export function responseInputItems(): Reply {
  const content = [{ type: 'input_text', text: 'What is the capital of France?' }];
  const data = [{ id: 'msg_in_1', type: 'message', role: 'user', status: 'completed', content }];
  return json({ object: 'list', data, first_id: 'msg_in_1', last_id: 'msg_in_1', has_more: false });
}

function stream(request: RouteRequest, id: string, items: readonly OutputItem[]): Reply {
  const after = asNumber(request.params['starting_after'], -1);
  const events = responseEvents(responseObject(request, id, items), items);
  return typedEvents(eventsAfter(events, after));
}

function* eventsAfter(events: Iterable<TypedEvent>, sequenceNumber: number): Generator<TypedEvent> {
  for (const event of events) if (asNumber(event['sequence_number'], 0) > sequenceNumber) yield event;
}

function finalStatus({ scenario }: RouteRequest): string {
  if (scenario.has('failed')) return 'failed';
  return scenario.has('incomplete') || scenario.has('content-filter') ? 'incomplete' : 'completed';
}

function responseObject(
  request: RouteRequest,
  id: string,
  items: readonly OutputItem[],
  status: string = finalStatus(request),
): JsonObject {
  const { params, scenario, model } = request;
  const incompleteReason = scenario.has('content-filter') ? 'content_filter' : 'max_output_tokens';
  return {
    id,
    object: 'response',
    created_at: CREATED_AT,
    status,
    background: isTrue(params['background']),
    conversation: params['conversation'] === undefined ? null : { id: conversationId(params['conversation']) },
    error: status === 'failed' ? GENERATED_FAILURE : null,
    incomplete_details: status === 'incomplete' ? { reason: incompleteReason } : null,
    instructions: params['instructions'] ?? null,
    max_output_tokens: params['max_output_tokens'] ?? null,
    metadata: params['metadata'] ?? {},
    model: `${model || 'gpt-4o-mini'}-2024-07-18`,
    output: status === 'failed' ? [] : items,
    parallel_tool_calls: params['parallel_tool_calls'] ?? true,
    previous_response_id: params['previous_response_id'] ?? null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: params['store'] ?? true,
    temperature: params['temperature'] ?? 1,
    text: params['text'] ?? { format: { type: 'text' } },
    tool_choice: params['tool_choice'] ?? 'auto',
    tools: params['tools'] ?? [],
    top_p: params['top_p'] ?? 1,
    truncation: 'disabled',
    ...(scenario.has('no-usage') || status === 'failed'
      ? { usage: null }
      : { usage: responsesUsage({ reasoning: scenario.has('reasoning') }) }),
  };
}

function conversationId(conversation: unknown): unknown {
  return typeof conversation === 'string' ? conversation : asJsonObject(conversation)['id'];
}
