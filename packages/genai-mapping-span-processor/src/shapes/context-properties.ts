import type { AttributeValue } from '@opentelemetry/api';
import type { FactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { jsonOf } from './json.js';

type NamedFact = 'session.id' | 'user.id' | 'gen_ai.conversation.id';

/** What applications call these by habit, where a dialect lets them name as they like: lower case, without `.`, `_` and `-`. */
const HABITS: ReadonlyMap<string, NamedFact> = new Map([
  ['sessionid', 'session.id'],
  ['langfusesessionid', 'session.id'],
  ['userid', 'user.id'],
  ['enduserid', 'user.id'],
  ['langfuseuserid', 'user.id'],
  ['conversationid', 'gen_ai.conversation.id'],
  ['chatid', 'gen_ai.conversation.id'],
  ['threadid', 'gen_ai.conversation.id'],
]);

/** Longest name that is looked up. */
const MAX_NAME_LENGTH = 32;

function factNamed(name: string): NamedFact | 'genspan.tags' | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  if (name === 'tags') return 'genspan.tags';
  return HABITS.get(name.toLowerCase().replace(/[._-]/g, ''));
}

/**
 * Reads properties that an application gave names of its own: session, user, conversation and tags by what they are mostly
 * called, all others as metadata.
 *
 * @param prefixes - beginnings of the keys, with their last dot
 */
export function readContextProperties(
  attributes: Readonly<Record<string, unknown>>,
  prefixes: readonly string[],
  record: GenAIRecord,
  consume: (key: string) => void,
): void {
  let metadata: Record<string, unknown> | undefined;
  const sources: string[] = [];
  for (const key of Object.keys(attributes)) {
    const prefix = prefixes.find((one) => key.startsWith(one) && key.length > one.length);
    if (prefix === undefined) continue;
    const name = key.slice(prefix.length);
    const value = attributes[key];
    consume(key);
    const fact = factNamed(name);
    if (fact === 'genspan.tags' ? isTexts(value) : fact !== undefined && isId(value)) {
      if (fact === 'genspan.tags') record.set(fact, value as readonly string[], key);
      else if (fact !== undefined) record.set(fact, String(value), key);
      continue;
    }
    (metadata ??= Object.create(null) as Record<string, unknown>)[name] = value;
    sources.push(key);
  }
  if (metadata !== undefined) record.set('genspan.metadata', metadata, ...sources);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Names that a dialect is written with. */
export type ContextNames = Readonly<Record<NamedFact | 'genspan.tags', string>>;

/** Writes session, user, conversation, tags and metadata below `prefix`. */
export function writeContextProperties(
  record: GenAIRecord,
  target: MappingTarget,
  prefix: string,
  names: ContextNames,
): void {
  for (const fact of ['session.id', 'user.id', 'gen_ai.conversation.id', 'genspan.tags'] as const) {
    const value = record.get(fact);
    if (value !== undefined) target.write(prefix + names[fact], typeof value === 'string' ? value : [...value], fact);
  }
  const metadata = record.get('genspan.metadata');
  if (metadata === undefined) return;
  const fact: FactName = 'genspan.metadata';
  for (const name of Object.keys(metadata)) {
    const value = toAttribute(metadata[name]);
    if (name === '' || factNamed(name) !== undefined) target.lose(fact, 'a name has another meaning here');
    else if (value === undefined) target.lose(fact, 'a value is none that an attribute can have');
    else {
      target.write(prefix + name, value, fact);
      if (value !== metadata[name] && typeof value === 'string') target.lose(fact, 'a structure becomes its JSON here');
    }
  }
  target.carry(fact);
}

function toAttribute(value: unknown): AttributeValue | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  return isPrimitiveList(value) ? [...value] : jsonOf(value);
}

function isPrimitiveList(value: object): value is string[] {
  if (!Array.isArray(value)) return false;
  const type = typeof value[0];
  return (type === 'string' || type === 'number' || type === 'boolean') && value.every((item) => typeof item === type);
}
