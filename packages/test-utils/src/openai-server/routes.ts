import { speech, transcription } from './replies/audio.js';
import { cancelBatch, createBatch, listBatches, retrieveBatch } from './replies/batches.js';
import { chatCompletion } from './replies/chat-completion.js';
import { textCompletion } from './replies/completion.js';
import * as conversations from './replies/conversations.js';
import { embeddings } from './replies/embeddings.js';
import { createFile, deleteFile, fileContent, listFiles, retrieveFile } from './replies/files.js';
import { changeJob, createJob, listJobEvents, listJobs, retrieveJob } from './replies/fine-tuning-jobs.js';
import { images } from './replies/images.js';
import { listModels, retrieveModel } from './replies/models.js';
import { moderations } from './replies/moderations.js';
import * as responses from './replies/response-object.js';
import type { Reply, RouteRequest } from './reply.js';

type Handler = (request: RouteRequest) => Reply;

/** Every endpoint; `:name` in a path becomes a group, `(a|b)` after a name limits it. */
const ROUTES: readonly [method: string, path: string, handler: Handler][] = [
  ['POST', '/chat/completions', chatCompletion],
  ['POST', '/responses', responses.createResponse],
  ['GET', '/responses/:id', responses.retrieveResponse],
  ['DELETE', '/responses/:id', responses.deleteResponse],
  ['POST', '/responses/:id/cancel', responses.cancelResponse],
  ['GET', '/responses/:id/input_items', responses.responseInputItems],
  ['POST', '/completions', textCompletion],
  ['POST', '/embeddings', embeddings],
  ['POST', '/images/:action(generations|edits|variations)', images],
  ['POST', '/audio/speech', speech],
  ['POST', '/audio/:action(transcriptions|translations)', transcription],
  ['POST', '/moderations', moderations],
  ['POST', '/files', createFile],
  ['GET', '/files', listFiles],
  ['GET', '/files/:id', retrieveFile],
  ['GET', '/files/:id/content', fileContent],
  ['DELETE', '/files/:id', deleteFile],
  ['POST', '/batches', createBatch],
  ['GET', '/batches', listBatches],
  ['GET', '/batches/:id', retrieveBatch],
  ['POST', '/batches/:id/cancel', cancelBatch],
  ['POST', '/fine_tuning/jobs', createJob],
  ['GET', '/fine_tuning/jobs', listJobs],
  ['GET', '/fine_tuning/jobs/:id', retrieveJob],
  ['GET', '/fine_tuning/jobs/:id/events', listJobEvents],
  ['POST', '/fine_tuning/jobs/:id/:action(cancel|pause|resume)', changeJob],
  ['POST', '/conversations', conversations.createConversation],
  ['GET', '/conversations/:id', conversations.conversationById],
  ['POST', '/conversations/:id', conversations.conversationById],
  ['DELETE', '/conversations/:id', conversations.deleteConversation],
  ['POST', '/conversations/:id/items', conversations.createItems],
  ['GET', '/conversations/:id/items', conversations.listItems],
  ['GET', '/conversations/:id/items/:item', conversations.retrieveItem],
  ['DELETE', '/conversations/:id/items/:item', conversations.deleteItem],
  ['GET', '/models', listModels],
  ['GET', '/models/:id', retrieveModel],
];

/** The prefixes of the hosts the server plays: OpenAI, Azure by deployment, Azure v1, Azure without deployment. */
const PREFIX = '(?:/v1|/openai/deployments/[^/]+|/openai/v1|/openai)';

function compile(path: string): RegExp {
  const groups = path.replace(/:(\w+)(\([^)]*\))?/g, (_, name: string, choices: string | undefined) => {
    return `(?<${name}>${choices?.slice(1, -1) ?? '[^/]+'})`;
  });
  return new RegExp(`^${PREFIX}${groups}$`);
}

const COMPILED = ROUTES.map(([method, path, handler]) => ({ method, pattern: compile(path), handler }));

/** Finds the endpoint of a request; `undefined` when there is none. */
export function findRoute(
  method: string,
  path: string,
): { handler: Handler; groups: Readonly<Record<string, string>> } | undefined {
  for (const { method: expected, pattern, handler } of COMPILED) {
    const match = method === expected ? pattern.exec(path) : null;
    if (match !== null) return { handler, groups: { ...match.groups } };
  }
  return undefined;
}
