import type { Dialect, MappingSource, ScalarRow } from '../dialect.js';
import { currentRows } from '../shapes/current-rows.js';
import { toFinishReason } from '../shapes/finish-reasons.js';
import { toProviderNameByPrefix } from '../shapes/provider-names.js';
import { isLaterVercel } from '../shapes/vercel-later.js';
import { readVercel } from '../shapes/vercel-read.js';
import { writeVercel } from '../shapes/vercel-write.js';

/**
 * Vercel AI SDK: `ai.*` as versions 4 to 6 write it themselves and version 7 through `LegacyOpenTelemetry`, and the GenAI form
 * of version 7, where it differs from the conventions. Written is the former as version 7 has it.
 *
 * @see npm ai 4.3.19, 5.0.277, 6.0.326, 7.0.173; @ai-sdk/otel 1.0.173
 */
export const vercel: Dialect = {
  name: 'vercel',
  prefixes: ['ai.', 'gen_ai.'],
  detect: speaksVercel,
  mends: isLaterVercel,
  scalars: [
    { key: 'ai.model.id', fact: 'gen_ai.request.model' },
    { key: 'ai.response.model', fact: 'gen_ai.response.model' },
    { key: 'ai.response.id', fact: 'gen_ai.response.id' },
    { key: 'ai.settings.maxOutputTokens', fact: 'gen_ai.request.max_tokens' },
    { key: 'ai.settings.maxTokens', fact: 'gen_ai.request.max_tokens', direction: 'read' },
    { key: 'ai.settings.temperature', fact: 'gen_ai.request.temperature' },
    { key: 'ai.settings.topP', fact: 'gen_ai.request.top_p' },
    { key: 'ai.settings.topK', fact: 'gen_ai.request.top_k' },
    { key: 'ai.settings.presencePenalty', fact: 'gen_ai.request.presence_penalty' },
    { key: 'ai.settings.frequencyPenalty', fact: 'gen_ai.request.frequency_penalty' },
    { key: 'ai.settings.stopSequences', fact: 'gen_ai.request.stop_sequences' },
    { key: 'ai.settings.seed', fact: 'gen_ai.request.seed' },
    { key: 'ai.telemetry.functionId', fact: 'gen_ai.agent.name' },
    { key: 'ai.toolCall.name', fact: 'gen_ai.tool.name' },
    { key: 'ai.toolCall.id', fact: 'gen_ai.tool.call.id' },
    { key: 'gen_ai.system', fact: 'gen_ai.provider.name', direction: 'read', read: providerOf },
    {
      key: 'gen_ai.response.finish_reasons',
      fact: 'gen_ai.response.finish_reasons',
      direction: 'read',
      read: reasonsOf,
    },
    ...currentRows(isReadElsewhere),
  ] satisfies ScalarRow[],
  read: readVercel,
  write: writeVercel,
};

/** Scope of the tracer up to version 6, and of the older form since. */
const SCOPE = 'ai';

function speaksVercel(source: MappingSource): boolean {
  const { attributes, scopeName } = source;
  if (attributes['ai.operationId'] !== undefined || scopeName === SCOPE) return true;
  const name = attributes['operation.name'];
  return (typeof name === 'string' && name.startsWith('ai.')) || isLaterVercel(source);
}

function isReadElsewhere(fact: string): boolean {
  return (
    fact.startsWith('gen_ai.usage.') ||
    fact === 'gen_ai.operation.name' ||
    fact === 'gen_ai.provider.name' ||
    fact === 'gen_ai.response.finish_reasons'
  );
}

function providerOf(value: unknown): string | undefined {
  return typeof value === 'string' ? toProviderNameByPrefix(value) : undefined;
}

function reasonsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || !value.every((reason) => typeof reason === 'string')) return undefined;
  return value.map((reason: string) => toFinishReason(reason));
}
