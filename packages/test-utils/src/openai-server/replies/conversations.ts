import { asJsonObjects, type JsonObject } from '../../json.js';
import { CREATED_AT, json, type Reply, type RouteRequest } from '../reply.js';
import { page } from './list-page.js';

/** Answers `POST /conversations`. */
export function createConversation({ params }: RouteRequest): Reply {
  return json(conversation('conv_1', params));
}

/** Answers `GET` and `POST /conversations/:id`. */
export function conversationById({ groups, params }: RouteRequest): Reply {
  return json(conversation(groups['id'] ?? '', params));
}

/** Answers `DELETE /conversations/:id`. */
export function deleteConversation({ groups }: RouteRequest): Reply {
  return json({ id: groups['id'], object: 'conversation.deleted', deleted: true });
}

/** Answers `POST /conversations/:id/items`. */
export function createItems({ params }: RouteRequest): Reply {
  const data = asJsonObjects(params['items']).map((item, index) => ({
    type: 'message',
    status: 'completed',
    ...item,
    id: `msg_${index + 1}`,
  }));
  return json({ object: 'list', data, first_id: 'msg_1', last_id: `msg_${data.length}`, has_more: false });
}

/** Answers `GET /conversations/:id/items`: three items, two a page. */
export function listItems(request: RouteRequest): Reply {
  return page(
    [1, 2, 3].map((number) => item(`msg_${number}`)),
    request,
  );
}

/** Answers `GET /conversations/:id/items/:item`. */
export function retrieveItem({ groups }: RouteRequest): Reply {
  return json(item(groups['item'] ?? ''));
}

/** Answers `DELETE /conversations/:id/items/:item`. */
export function deleteItem({ groups }: RouteRequest): Reply {
  return json(conversation(groups['id'] ?? '', {}));
}

function conversation(id: string, params: JsonObject) {
  return { id, object: 'conversation', created_at: CREATED_AT, metadata: params['metadata'] ?? {} };
}

function item(id: string) {
  const content = [{ type: 'input_text', text: 'What is the capital of France?' }];
  return { id, type: 'message', role: 'user', status: 'completed', content };
}
