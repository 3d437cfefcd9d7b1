import { asString, type JsonObject } from '../../json.js';
import { CREATED_AT, json, type Reply, type RouteRequest } from '../reply.js';
import { page } from './list-page.js';

/** Answers `POST /fine_tuning/jobs`. */
export function createJob({ params, model }: RouteRequest): Reply {
  return json(job('ftjob-1', 'validating_files', model, params));
}

/** Answers `GET /fine_tuning/jobs/:id`. */
export function retrieveJob({ groups }: RouteRequest): Reply {
  return json({ ...job(groups['id'] ?? '', 'succeeded'), fine_tuned_model: 'ft:gpt-4o-mini:acme::1' });
}

/** Answers `POST /fine_tuning/jobs/:id/cancel`, `/pause` and `/resume`. */
export function changeJob({ groups }: RouteRequest): Reply {
  const status = { cancel: 'cancelled', pause: 'paused' }[groups['action'] ?? ''] ?? 'running';
  return json(job(groups['id'] ?? '', status));
}

/** Answers `GET /fine_tuning/jobs`: three jobs, two a page. */
export function listJobs(request: RouteRequest): Reply {
  return page(
    [1, 2, 3].map((number) => job(`ftjob-${number}`, 'succeeded')),
    request,
  );
}

/** Answers `GET /fine_tuning/jobs/:id/events`. */
export function listJobEvents(request: RouteRequest): Reply {
  const event = { object: 'fine_tuning.job.event', created_at: CREATED_AT, level: 'info', type: 'message', data: {} };
  return page([{ id: 'ftevent-1', message: 'Job started', ...event }], request);
}

function job(id: string, status: string, model = 'gpt-4o-mini', params: JsonObject = {}) {
  return {
    id,
    object: 'fine_tuning.job',
    created_at: CREATED_AT,
    model,
    fine_tuned_model: null,
    status,
    training_file: asString(params['training_file'], 'file-1'),
    validation_file: null,
    hyperparameters: { n_epochs: 'auto', batch_size: 'auto', learning_rate_multiplier: 'auto' },
    organization_id: 'org-1',
    result_files: [],
    trained_tokens: null,
    error: null,
    finished_at: null,
    seed: 1,
  };
}
