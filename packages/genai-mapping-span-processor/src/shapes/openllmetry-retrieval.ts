import type { MappedEvent, MappingSource } from '../dialect.js';
import type { RetrievalDocument } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, jsonOf, structureOf } from './json.js';

const EVENT = 'db.query.result';
const TOP_K = 'db.vector.query.top_k';
const FACT = 'gen_ai.retrieval.documents';

/** Whether a span is a query of a vector database. */
export function isVectorQuery({ attributes, events }: MappingSource): boolean {
  if (attributes[TOP_K] !== undefined) return true;
  for (const event of events) if (event.name === EVENT) return true;
  return false;
}

/** Reads the documents that a query found: an event each. */
export function readOpenLLMetryRetrieval(
  source: MappingSource,
  record: GenAIRecord,
  consume: (key: string) => void,
): void {
  if (!isVectorQuery(source)) return;
  const documents = source.events.filter(({ name }) => name === EVENT).map(readDocument);
  if (documents.length > 0) {
    consume(EVENT);
    record.set(FACT, documents, EVENT);
  }
  if (record.has('gen_ai.operation.name')) return;
  record.set('gen_ai.operation.name', 'retrieval', ...(documents.length > 0 ? [EVENT] : [TOP_K]));
}

function readDocument({ attributes = {} }: MappedEvent): RetrievalDocument {
  const id = attributes[`${EVENT}.id`];
  const score = attributes[`${EVENT}.score`];
  const distance = attributes[`${EVENT}.distance`];
  const content = attributes[`${EVENT}.document`];
  const metadata = attributes[`${EVENT}.metadata`];
  return {
    ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
    ...(typeof score === 'number' && Number.isFinite(score) ? { score } : {}),
    ...(typeof distance === 'number' && Number.isFinite(distance) ? { distance } : {}),
    ...(content === undefined ? {} : { content }),
    ...(metadata === undefined ? {} : { metadata: structureOf(metadata) ?? metadata }),
  };
}

/** Writes the documents that a retrieval found. */
export function writeOpenLLMetryRetrieval(record: GenAIRecord, target: MappingTarget): void {
  if (record.get('gen_ai.operation.name') !== 'retrieval') return;
  const documents: readonly unknown[] = record.get(FACT) ?? [];
  for (const document of documents) {
    if (!isFields(document)) {
      target.lose(FACT, 'a document is none');
      continue;
    }
    const { id, score, distance, content, metadata, ...others } = document;
    if (Object.keys(others).length > 0) target.lose(FACT, 'some of what documents hold has no place');
    const attributes = {
      ...(typeof id === 'string' ? { [`${EVENT}.id`]: id } : {}),
      ...(typeof score === 'number' ? { [`${EVENT}.score`]: score } : {}),
      ...(typeof distance === 'number' ? { [`${EVENT}.distance`]: distance } : {}),
      ...(content === undefined ? {} : { [`${EVENT}.document`]: textOf(content, target) }),
      ...(metadata === undefined ? {} : { [`${EVENT}.metadata`]: textOfMetadata(metadata) }),
    };
    target.writeEvent({ name: EVENT, attributes }, FACT);
  }
  const isTold = documents.length > 0 || record.has('gen_ai.retrieval.top_k');
  if (isTold) target.carry('gen_ai.operation.name');
}

function textOf(content: unknown, target: MappingTarget): string {
  if (typeof content === 'string') return content;
  target.lose(FACT, 'what a document holds becomes its JSON');
  return jsonOf(content);
}

function textOfMetadata(metadata: unknown): string {
  return typeof metadata === 'string' && structureOf(metadata) === undefined ? metadata : jsonOf(metadata);
}
