import { asJsonObjects, asString, isJsonObject } from '../../json.js';
import { bytes, CREATED_AT, json, type Reply, type RouteRequest } from '../reply.js';
import { page } from './list-page.js';

const CONTENT = Buffer.from('{"custom_id":"1"}\n{"custom_id":"2"}\n');

/** Answers `POST /files`. */
export function createFile({ recorded, params }: RouteRequest): Reply {
  const body = recorded.body;
  const upload = isJsonObject(body) ? asJsonObjects(body['files'])[0] : undefined;
  const filename = asString(upload?.['filename'], 'file');
  return json(fileObject('file-1', filename, asString(params['purpose'], 'batch'), Number(upload?.['size'] ?? 0)));
}

/** Answers `GET /files`: five files, two a page. */
export function listFiles(request: RouteRequest): Reply {
  const files = Array.from({ length: 5 }, (_, i) => fileObject(`file-${i + 1}`, `data-${i + 1}.jsonl`, 'batch', 36));
  return page(files, request);
}

/** Answers `GET /files/:id`. */
export function retrieveFile({ groups }: RouteRequest): Reply {
  return json(fileObject(groups['id'] ?? '', 'data.jsonl', 'batch', CONTENT.length));
}

/** Answers `GET /files/:id/content`. */
export function fileContent(): Reply {
  return bytes(CONTENT, 'application/octet-stream');
}

/** Answers `DELETE /files/:id`. */
export function deleteFile({ groups }: RouteRequest): Reply {
  return json({ id: groups['id'], object: 'file', deleted: true });
}

function fileObject(id: string, filename: string, purpose: string, size: number) {
  return { id, object: 'file', bytes: size, created_at: CREATED_AT, filename, purpose, status: 'processed' };
}
