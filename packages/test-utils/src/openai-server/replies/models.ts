import { CREATED_AT, json, type Reply, type RouteRequest } from '../reply.js';

const MODELS = ['gpt-4o-mini', 'gpt-4o', 'text-embedding-3-small'];

/** Answers `GET /models`. */
export function listModels(): Reply {
  return json({ object: 'list', data: MODELS.map(model) });
}

/** Answers `GET /models/:id`. */
export function retrieveModel({ groups }: RouteRequest): Reply {
  return json(model(groups['id'] ?? ''));
}

function model(id: string) {
  return { id, object: 'model', created: CREATED_AT, owned_by: 'system' };
}
