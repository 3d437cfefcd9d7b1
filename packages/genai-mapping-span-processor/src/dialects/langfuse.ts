import type { Dialect, ScalarRow } from '../dialect.js';
import { readLangfuse, writeLangfuse } from '../shapes/langfuse-observation.js';

/**
 * What Langfuse's SDKs write and its backend reads.
 *
 * @see Langfuse, "OpenTelemetry" (mapping of attributes); `@langfuse/core` 5.11.1; the backend's ingestion of spans
 */
export const langfuse: Dialect = {
  name: 'langfuse',
  prefixes: ['langfuse.'],
  detect: ({ attributes, scopeName }) => {
    if (scopeName === 'langfuse-sdk' || attributes['langfuse.observation.type'] !== undefined) return true;
    for (const key in attributes) {
      if (key.startsWith('langfuse.observation.') || key.startsWith('langfuse.trace.')) return true;
    }
    return false;
  },
  scalars: [
    { key: 'langfuse.session.id', fact: 'session.id', direction: 'read' },
    { key: 'langfuse.user.id', fact: 'user.id', direction: 'read' },
    // A session of Langfuse is a conversation; where both are known, the session has the name.
    { key: 'session.id', fact: 'gen_ai.conversation.id' },
    { key: 'session.id', fact: 'session.id' },
    { key: 'langfuse.session.id', fact: 'gen_ai.conversation.id', direction: 'read' },
    { key: 'user.id', fact: 'user.id' },
    { key: 'langfuse.trace.tags', fact: 'genspan.tags' },
    { key: 'langfuse.observation.prompt.name', fact: 'gen_ai.prompt.name' },
    { key: 'langfuse.prompt.name', fact: 'gen_ai.prompt.name', direction: 'read' },
    {
      key: 'langfuse.observation.prompt.version',
      fact: 'gen_ai.prompt.version',
      read: versionText,
      write: versionNumber,
    },
    { key: 'langfuse.prompt.version', fact: 'gen_ai.prompt.version', direction: 'read', read: versionText },
  ] satisfies ScalarRow[],
  read: readLangfuse,
  write: writeLangfuse,
};

function versionText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Versions of Langfuse's prompts are whole numbers. */
function versionNumber(version: string): number | undefined {
  const number = Number(version);
  return Number.isSafeInteger(number) && String(number) === version ? number : undefined;
}
