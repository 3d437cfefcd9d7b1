import type { FinishReason } from '@genspan/semconv';
import { fields, list, text, type Fields } from '../untyped.js';
import { itemType } from './item-parts.js';

/** Why a response that was not completed ended, by its status; `undefined` while it is still being made. */
const UNCOMPLETED: ReadonlyMap<unknown, FinishReason | undefined> = new Map([
  // In the background, and not done: there is no reason yet.
  ['queued', undefined],
  ['in_progress', undefined],
  // Cut off, by an error or by the caller's `cancel()`: the model's own reason never came, which is `error`.
  ['failed', 'error'],
  ['cancelled', 'error'],
]);

/** Why a response is `incomplete`, by the API's reason. */
const INCOMPLETE: ReadonlyMap<unknown, FinishReason> = new Map([
  // Two limits of the request.
  ['max_output_tokens', 'length'],
  ['max_messages', 'length'],
  ['content_filter', 'content_filter'],
  // The caller sent new input while the model was answering; it stopped in good order to take that up.
  ['steered', 'stop'],
]);

/**
 * Why a response ended, in the conventions' words: the API has none of its own. A response is one choice, so there is
 * one reason, or none while the response is still being made.
 */
export function responseFinishReason(response: Fields): FinishReason | undefined {
  const status = responseStatus(response);
  if (UNCOMPLETED.has(status)) return UNCOMPLETED.get(status);
  // One that ended early for a reason that is not told: the reason never came.
  if (status === 'incomplete') return INCOMPLETE.get(fields(response['incomplete_details'])['reason']) ?? 'error';
  return completedReason(response);
}

/** `status`, which older and other servers leave out. */
export function responseStatus(response: Fields): string | undefined {
  const status = text(response['status']);
  if (status !== undefined) return status;
  if (fields(response['error'])['message'] !== undefined) return 'failed';
  return text(fields(response['incomplete_details'])['reason']) === undefined ? undefined : 'incomplete';
}

/** `tool_call` when the client is to act before the model can go on, `stop` when the model was done. */
function completedReason({ object, output }: Fields): FinishReason {
  if (object === 'response.compaction') return 'compaction';
  return awaitsClient(list(output).map(fields)) ? 'tool_call' : 'stop';
}

function awaitsClient(output: readonly Fields[]): boolean {
  const calls = output.filter(isClientCall);
  if (calls.length === 0) return false;
  // A call that was made and answered while the response was generated is no reason to stop.
  const answered = new Set(output.filter(isOutput).map((item) => item['call_id']));
  return calls.some((call) => call['call_id'] === undefined || !answered.has(call['call_id']));
}

function isOutput(item: Fields): boolean {
  return itemType(item).endsWith('_output');
}

function isClientCall(item: Fields): boolean {
  const type = itemType(item);
  if (type === 'shell_call') return fields(item['environment'])['type'] !== 'container_reference';
  if (type === 'tool_search_call') return item['execution'] === 'client';
  return CLIENT_CALLS.has(type);
}

const CLIENT_CALLS: ReadonlySet<string> = new Set([
  'function_call',
  'custom_tool_call',
  'computer_call',
  'local_shell_call',
  'apply_patch_call',
  // The client is to say whether a tool may be called.
  'mcp_approval_request',
]);
