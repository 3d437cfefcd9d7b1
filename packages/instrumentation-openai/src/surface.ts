import type { ClientOperation } from './client-operation.js';
import { chatCompletion } from './chat/chat-completion.js';

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
export const SURFACE: readonly ObservedMethod[] = [method('chat.completions', 'create', chatCompletion)];

function method(path: string, name: string, operation: ClientOperation): ObservedMethod {
  const instancePath = path.split('.');
  const classPath = instancePath.map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  return { classPath, instancePath, method: name, operation };
}
