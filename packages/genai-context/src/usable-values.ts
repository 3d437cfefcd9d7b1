import type { GenAIContextValues } from './genai-context-values.js';
import { warnOnce } from './warn-once.js';

type Key = keyof GenAIContextValues;
type ScalarKey = Exclude<Key, 'tags' | 'metadata'>;
type MetadataValue = string | number | boolean;
type Draft = { -readonly [K in keyof GenAIContextValues]: GenAIContextValues[K] };

/** A new scalar is one row here, and the compiler asks for it. */
const SCALARS: Readonly<Record<ScalarKey, true>> = {
  sessionId: true,
  userId: true,
  tenantId: true,
  conversationId: true,
  promptName: true,
  promptVersion: true,
};

/**
 * The usable ones of the given values; what is not usable is left out and said once by its key.
 *
 * The values come from application code, maybe straight from a request: none of them makes this throw, except a getter
 * or a proxy that throws itself.
 */
export function usableValues(given: unknown): GenAIContextValues {
  const usable: Draft = {};
  for (const [key, value] of entriesOf('values', given)) {
    if (isScalarKey(key)) {
      if (isNonEmptyString(value)) usable[key] = value;
      else warnOnce(key, 'a non-empty string');
    } else if (key === 'tags') {
      const tags = usableTags(value);
      if (tags.length > 0) usable.tags = tags;
    } else if (key === 'metadata') {
      const metadata = usableMetadata(value);
      if (metadata.length > 0) usable.metadata = Object.fromEntries(metadata);
    } else {
      warnOnce(key, 'a known key');
    }
  }
  return usable;
}

function usableTags(value: unknown): readonly string[] {
  const tags = Array.isArray(value) ? value.filter(isNonEmptyString) : [];
  if (!Array.isArray(value) || tags.length < value.length) warnOnce('tags', 'an array of non-empty strings');
  return tags;
}

function usableMetadata(value: unknown): readonly (readonly [string, MetadataValue])[] {
  const usable: [string, MetadataValue][] = [];
  for (const [key, item] of entriesOf('metadata', value)) {
    if (isMetadataValue(item)) usable.push([key, item]);
    else warnOnce(`metadata.${key}`, 'a string, a finite number or a boolean');
  }
  return usable;
}

function entriesOf(name: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).filter(([, item]) => item !== undefined);
  }
  warnOnce(name, 'an object');
  return [];
}

function isScalarKey(key: string): key is ScalarKey {
  return Object.hasOwn(SCALARS, key);
}

function isNonEmptyString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isMetadataValue(value: unknown): value is MetadataValue {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
