import type { RetrievalDocument } from '../facts.js';
import type { FactWriter } from './fact-writer.js';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields, jsonOf, structureOf } from './json.js';
import { toText } from './openinference-contents.js';

type Fields = Readonly<Record<string, unknown>>;

const UNDERSTOOD: ReadonlySet<string> = new Set(['id', 'content', 'score', 'metadata']);

/** @param prefix - such as `retrieval.documents.` */
export function writeDocuments(out: FactWriter, prefix: string, documents: readonly RetrievalDocument[]): void {
  let index = 0;
  for (const document of documents as readonly unknown[]) {
    if (isFields(document)) writeDocument(out, `${prefix}${index++}.document.`, document);
    else out.lose('it has documents that are none');
  }
}

/**
 * @param prefix - such as `retrieval.documents.`
 * @param consume - told of each key that was understood
 * @returns `undefined` when there is none
 */
export function readDocuments(
  attributes: Fields,
  prefix: string,
  consume: (key: string) => void,
): RetrievalDocument[] | undefined {
  const nested = nestAttributes(attributes, prefix, consume, (key) => isUnderstood(key, attributes[key]));
  const documents: RetrievalDocument[] = [];
  for (const entry of entriesOf(nested)) {
    const document = isFields(entry) ? entry['document'] : undefined;
    if (isFields(document)) documents.push(readDocument(document));
  }
  return documents.length > 0 ? documents : undefined;
}

/** What is neither id, content nor score has its place in the metadata. */
function writeDocument(out: FactWriter, at: string, document: Fields): void {
  const { id, content, score, metadata, ...others } = document;
  if (Object.keys(document).length === 0) out.lose('a document that says nothing has no place');
  if (id !== undefined) out.write(`${at}id`, toText(id));
  if (content !== undefined) out.write(`${at}content`, toText(content));
  if (typeof score === 'number') out.write(`${at}score`, score);
  else if (score !== undefined) out.lose('its documents have scores that are no numbers');
  const hasOthers = Object.keys(others).length > 0;
  if (hasOthers) out.lose('what else its documents hold is written among their metadata');
  if (isFields(metadata)) out.write(`${at}metadata`, jsonOf(hasOthers ? { ...others, ...metadata } : metadata));
  else if (hasOthers) out.write(`${at}metadata`, jsonOf(metadata === undefined ? others : { ...others, metadata }));
  else if (metadata !== undefined) out.write(`${at}metadata`, toText(metadata));
}

function readDocument(fields: Fields): RetrievalDocument {
  const { id, content, score, metadata } = fields;
  return {
    ...(id === undefined ? {} : { id: toText(id) }),
    ...(content === undefined ? {} : { content: toText(content) }),
    ...(typeof score === 'number' ? { score } : {}),
    ...(metadata === undefined ? {} : { metadata: structureOf(metadata) ?? metadata }),
  };
}

function isUnderstood(key: string, value: unknown): boolean {
  const name = key.slice(key.lastIndexOf('.') + 1);
  return UNDERSTOOD.has(name) && value !== null && (name !== 'score' || typeof value === 'number');
}
