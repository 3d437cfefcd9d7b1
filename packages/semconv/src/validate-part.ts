import type { KnownMessagePart } from './messages.js';
import { checkBase64, checkUri } from './validate-media.js';
import {
  allowMimeType,
  allowString,
  notNamed,
  requireName,
  requireString,
  requireTypedObject,
  requireValue,
} from './validate-field.js';
import type { FieldCheck } from './validate-field.js';
import type { EntryCheck, Fields } from './validate-structured-value.js';

type FieldsOf<Part> = Exclude<keyof Part, 'type'>;

// Exhaustive by its type: a part or a field that is added to messages.ts is missing here until it has a check.
const CHECKS: { [Part in KnownMessagePart as Part['type']]: { [Field in FieldsOf<Part>]-?: FieldCheck } } = {
  text: { content: notNamed('text', requireString) },
  tool_call: { id: allowString, name: requireName, arguments: allowAnything },
  tool_call_response: { id: allowString, response: notNamed('result', requireValue) },
  server_tool_call: { id: allowString, name: requireName, server_tool_call: requireTypedObject },
  server_tool_call_response: { id: allowString, server_tool_call_response: requireTypedObject },
  blob: { modality: requireName, mime_type: allowMimeType, content: notNamed('data', checkBase64) },
  file: { modality: requireName, mime_type: allowMimeType, file_id: notNamed('id', requireName) },
  uri: { modality: requireName, mime_type: allowMimeType, uri: notNamed('url', checkUri) },
  reasoning: { content: notNamed('text', requireString) },
  compaction: { id: allowString, content: allowString },
};

// A map, because a part may call itself `constructor`.
const CHECKS_BY_TYPE: ReadonlyMap<unknown, readonly (readonly [string, FieldCheck])[]> = new Map(
  Object.entries(CHECKS).map(([type, fields]) => [type, Object.entries(fields)]),
);

/**
 * Checks one part of a message by its `type`. A part of a type that the conventions do not name may hold anything.
 */
export const checkPart: EntryCheck = (part: Fields, path, problems) => {
  const checks = CHECKS_BY_TYPE.get(part['type']);
  if (checks === undefined) requireName(part, 'type', path, problems);
  else for (const [field, check] of checks) check(part, field, path, problems);
};

function allowAnything(): void {}
