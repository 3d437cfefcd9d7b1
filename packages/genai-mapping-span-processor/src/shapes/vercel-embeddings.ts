import type { RetrievalDocument } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, jsonOf } from './json.js';
import { parsedOr } from './parsed-or.js';

type Attributes = Readonly<Record<string, unknown>>;
type Consume = (key: string) => void;

/** Reads the texts to embed: each is a JSON text of its own. */
export function readVercelEmbeddings(attributes: Attributes, record: GenAIRecord, consume: Consume): void {
  for (const key of ['ai.values', 'ai.value']) {
    const value = attributes[key];
    if (value === undefined) continue;
    consume(key);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = list.map(parsedOr);
    if (texts.every((text) => typeof text === 'string')) record.set('embeddings.input', texts, key);
    else record.lose(key, 'not all of it is text');
  }
}

export function writeVercelEmbeddings(record: GenAIRecord, target: MappingTarget): void {
  const input = record.get('embeddings.input');
  if (input !== undefined) target.write('ai.values', input.map(jsonOf), 'embeddings.input');
}

/** Reads what a reranking model was given, and how it ranked that: documents by their place among those, best first. */
export function readVercelRanking(attributes: Attributes, record: GenAIRecord, consume: Consume): void {
  const given = readList(attributes['ai.documents'], 'ai.documents', record, consume);
  const ranking = readList(attributes['ai.ranking'], 'ai.ranking', record, consume);
  if (attributes['ai.ranking.type'] !== undefined) consume('ai.ranking.type');
  if (given !== undefined) {
    const documents = given.map((item): RetrievalDocument => (isFields(item) ? item : { content: item }));
    record.set('rerank.documents', documents, 'ai.documents');
  }
  if (ranking === undefined) return;
  const found = ranking.flatMap((entry): RetrievalDocument[] => {
    if (!isFields(entry)) return [];
    // `originalIndex` and `score` in what the function returns, `index` and `relevanceScore` in what the model does.
    const index = entry['index'] ?? entry['originalIndex'];
    const score = entry['relevanceScore'] ?? entry['score'];
    if (typeof index !== 'number') return [];
    return [{ id: String(index), ...(typeof score === 'number' ? { score } : {}) }];
  });
  if (found.length < ranking.length) record.lose('ai.ranking', 'a rank is not readable');
  record.set('gen_ai.retrieval.documents', found, 'ai.ranking');
}

function readList(value: unknown, key: string, record: GenAIRecord, consume: Consume): unknown[] | undefined {
  if (value === undefined) return undefined;
  consume(key);
  if (Array.isArray(value)) {
    return value.map(parsedOr);
  }
  record.lose(key, 'it is no list');
  return undefined;
}

export function writeVercelRanking(record: GenAIRecord, target: MappingTarget): void {
  const given: readonly unknown[] | undefined = record.get('rerank.documents');
  if (given !== undefined) {
    const texts = given.map((document) => jsonOf(isText(document) ? document['content'] : document));
    target.write('ai.documents', texts, 'rerank.documents');
    target.write('ai.ranking.type', given.every(isText) ? 'text' : 'object', 'rerank.documents');
  }
  const ranked: readonly unknown[] | undefined = record.get('gen_ai.retrieval.documents');
  if (ranked === undefined) return;
  const fact = 'gen_ai.retrieval.documents';
  const texts: string[] = [];
  for (const document of ranked) {
    const { id, score, ...others } = isFields(document) ? document : {};
    const index = Number(id);
    if (typeof id !== 'string' || !Number.isSafeInteger(index) || String(index) !== id) {
      target.lose(fact, 'a document is told by its place among those given');
    } else texts.push(jsonOf({ index, ...(typeof score === 'number' ? { relevanceScore: score } : {}) }));
    if (Object.keys(others).length > 0) target.lose(fact, 'what documents hold is told by those given');
  }
  target.write('ai.ranking', texts, fact);
}

function isText(document: unknown): document is { readonly content: string } {
  return isFields(document) && typeof document['content'] === 'string' && Object.keys(document).length === 1;
}
