import type { JsonObject } from '../../json.js';
import { CREATED_AT, json, type Reply, type RouteRequest } from '../reply.js';
import { page } from './list-page.js';

/** Answers `POST /batches`. */
export function createBatch({ params }: RouteRequest): Reply {
  return json(batch('batch_1', 'validating', params));
}

/** Answers `GET /batches/:id`. */
export function retrieveBatch({ groups }: RouteRequest): Reply {
  return json({
    ...batch(groups['id'] ?? '', 'completed', {}),
    output_file_id: 'file-2',
    completed_at: CREATED_AT + 60,
  });
}

/** Answers `POST /batches/:id/cancel`. */
export function cancelBatch({ groups }: RouteRequest): Reply {
  return json(batch(groups['id'] ?? '', 'cancelling', {}));
}

/** Answers `GET /batches`: three batches, two a page. */
export function listBatches(request: RouteRequest): Reply {
  return page(
    [1, 2, 3].map((number) => batch(`batch_${number}`, 'completed', {})),
    request,
  );
}

function batch(id: string, status: string, params: JsonObject) {
  return {
    id,
    object: 'batch',
    endpoint: params['endpoint'] ?? '/v1/chat/completions',
    errors: null,
    input_file_id: params['input_file_id'] ?? 'file-1',
    completion_window: params['completion_window'] ?? '24h',
    status,
    created_at: CREATED_AT,
    request_counts: { total: 2, completed: status === 'completed' ? 2 : 0, failed: 0 },
    metadata: params['metadata'] ?? null,
  };
}
