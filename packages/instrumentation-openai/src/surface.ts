import {
  GENSPAN_OPERATION_NAME_VALUE_BATCH,
  GENSPAN_OPERATION_NAME_VALUE_FILE,
  GENSPAN_OPERATION_NAME_VALUE_FINE_TUNING,
} from '@genspan/semconv';
import { speech } from './audio/speech.js';
import { transcription, translation } from './audio/transcription.js';
import { chatCompletion } from './chat/chat-completion.js';
import type { ClientOperation } from './client-operation.js';
import { textCompletion } from './completions/text-completion.js';
import * as conversations from './conversations.js';
import { embeddings } from './embeddings.js';
import { imageEdit, imageGeneration, imageVariation } from './images.js';
import { managementOperation } from './management-operation.js';
import { moderation } from './moderations.js';
import { compactResponse, createResponse } from './responses/create-response.js';
import { fetchResponse } from './responses/fetch-response.js';

/** One method of the client that is observed. */
export interface ObservedMethod {
  /** Class of the resource below the client class: `['Chat', 'Completions']` is `OpenAI.Chat.Completions`. */
  readonly classPath: readonly string[];
  /** The resource below a client instance: `['chat', 'completions']` is `client.chat.completions`. */
  readonly instancePath: readonly string[];
  readonly method: string;
  readonly operation: ClientOperation;
}

/**
 * Every method that makes a call of its own. `parse`, `stream` and `runTools` are not here: they go through `create`,
 * and one call is one span.
 */
export const SURFACE: readonly ObservedMethod[] = [
  method('chat.completions', 'create', chatCompletion),
  method('completions', 'create', textCompletion),
  method('embeddings', 'create', embeddings),
  method('images', 'generate', imageGeneration),
  method('images', 'edit', imageEdit),
  method('images', 'createVariation', imageVariation),
  method('audio.speech', 'create', speech),
  method('audio.transcriptions', 'create', transcription),
  method('audio.translations', 'create', translation),
  method('moderations', 'create', moderation),
  ...managed('files', GENSPAN_OPERATION_NAME_VALUE_FILE, ['create', 'retrieve', 'list', 'content', 'delete']),
  // The names of openai 4.
  ...managed('files', GENSPAN_OPERATION_NAME_VALUE_FILE, ['del', 'retrieveContent']),
  ...managed('batches', GENSPAN_OPERATION_NAME_VALUE_BATCH, ['create', 'retrieve', 'list', 'cancel']),
  ...managed('fineTuning.jobs', GENSPAN_OPERATION_NAME_VALUE_FINE_TUNING, [
    'create',
    'retrieve',
    'list',
    'cancel',
    'listEvents',
    'pause',
    'resume',
  ]),
  method('responses', 'create', createResponse),
  method('responses', 'retrieve', fetchResponse),
  method('responses', 'compact', compactResponse),
  // A resource of its own, which only newer clients have.
  method('beta.responses', 'create', createResponse),
  method('beta.responses', 'retrieve', fetchResponse),
  method('beta.responses', 'compact', compactResponse),
  method('conversations', 'create', conversations.createConversation),
  method('conversations', 'retrieve', conversations.retrieveConversation),
  method('conversations', 'update', conversations.updateConversation),
  method('conversations', 'delete', conversations.deleteConversation),
  method('conversations.items', 'create', conversations.createConversationItems),
  method('conversations.items', 'list', conversations.listConversationItems),
  method('conversations.items', 'retrieve', conversations.retrieveConversationItem),
  method('conversations.items', 'delete', conversations.deleteConversationItem),
];

function method(path: string, name: string, operation: ClientOperation): ObservedMethod {
  const instancePath = path.split('.');
  const classPath = instancePath.map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  return { classPath, instancePath, method: name, operation };
}

function managed(path: string, operationName: string, names: readonly string[]): ObservedMethod[] {
  return names.map((name) => method(path, name, managementOperation(operationName, name)));
}
