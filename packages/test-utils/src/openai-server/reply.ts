import type { JsonObject } from '../json.js';
import type { RecordedRequest } from './recorded-request.js';
import type { Scenario } from './scenario.js';

/** One server-sent event. Text is sent as it is, anything else as JSON. */
export interface ServerSentEvent {
  /** The `event:` line; most of OpenAI's chat streams have none. */
  readonly event?: string;
  readonly data: unknown;
}

/** An event that says itself what it is. */
export type TypedEvent = JsonObject & { readonly type: string };

/** What a route answers. Faults are applied when it is sent. */
export type Reply =
  | { readonly kind: 'json'; readonly status?: number; readonly body: unknown }
  | { readonly kind: 'bytes'; readonly contentType: string; readonly body: Buffer }
  | { readonly kind: 'events'; readonly events: Iterable<ServerSentEvent>; readonly errorStyle: 'chat' | 'responses' };

/** What a route gets to see of a request. */
export interface RouteRequest {
  readonly recorded: RecordedRequest;
  readonly scenario: Scenario;
  /** The JSON body, or the fields of a multipart body, or the query of a GET. */
  readonly params: JsonObject;
  /** The model without its scenario; of the Azure deployment when the path has one. */
  readonly model: string;
  /** Whether the path is Azure's. */
  readonly azure: boolean;
  /** The groups of the route's pattern. */
  readonly groups: Readonly<Record<string, string>>;
  /** The text to answer with. */
  readonly text: string;
}

/** A JSON reply. */
export function json(body: unknown, status = 200): Reply {
  return { kind: 'json', status, body };
}

/** A binary reply. */
export function bytes(body: Buffer, contentType: string): Reply {
  return { kind: 'bytes', body, contentType };
}

/** Data-only events closed by `[DONE]`, as chat, completions and speech stream. */
export function dataEvents(data: Iterable<unknown>): Reply {
  return { kind: 'events', errorStyle: 'chat', events: withDone(data) };
}

/** Events named after their `type`, without `[DONE]`, as responses, images and transcriptions stream. */
export function typedEvents(data: Iterable<TypedEvent>): Reply {
  return { kind: 'events', errorStyle: 'responses', events: named(data) };
}

function* withDone(data: Iterable<unknown>): Generator<ServerSentEvent> {
  for (const item of data) yield { data: item };
  yield { data: '[DONE]' };
}

function* named(data: Iterable<TypedEvent>): Generator<ServerSentEvent> {
  for (const item of data) yield { event: item.type, data: item };
}

/** `text` in pieces of one word each (with the space before it), so that joining them gives `text` again. */
export function words(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
}

/** The time every object of the server was made at, in Unix seconds. */
export const CREATED_AT = 1_750_000_000;
