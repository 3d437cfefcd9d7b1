import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GENSPAN_METADATA,
  ATTR_GENSPAN_TAGS,
  ATTR_GENSPAN_TENANT_ID,
  ATTR_SESSION_ID,
  ATTR_USER_ID,
} from '@genspan/semconv';
import type { GenAIContextValues } from './genai-context-values.js';

/** The keys of {@link GenAIContextValues}. */
export type GenAIContextKey = keyof GenAIContextValues;

/** The attribute, and the baggage entry, of each value. Of `metadata` the beginning: its key follows. */
export const CONTEXT_ATTRIBUTES: Readonly<Record<GenAIContextKey, string>> = {
  sessionId: ATTR_SESSION_ID,
  userId: ATTR_USER_ID,
  tenantId: ATTR_GENSPAN_TENANT_ID,
  conversationId: ATTR_GEN_AI_CONVERSATION_ID,
  tags: ATTR_GENSPAN_TAGS,
  metadata: ATTR_GENSPAN_METADATA(''),
  promptName: ATTR_GEN_AI_PROMPT_NAME,
  promptVersion: ATTR_GEN_AI_PROMPT_VERSION,
};

/** The values of a context are frozen, so what they come to is worked out once, however many spans start in it. */
const KNOWN = new WeakMap<GenAIContextValues, Readonly<Attributes>>();

/**
 * The span attributes that say these values: `session.id`, `user.id`, `gen_ai.conversation.id`, `gen_ai.prompt.name` and
 * `.version`, `genspan.tenant.id`, `genspan.tags`, `genspan.metadata.<key>`.
 *
 * @param values - as `getGenAIContext()` gives them
 * @returns a frozen object, the same for the same values
 */
export function genAIContextAttributes(values: GenAIContextValues): Readonly<Attributes> {
  const known = KNOWN.get(values);
  if (known !== undefined) return known;
  const { tags, metadata = {}, ...scalars } = values;
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(scalars)) {
    if (value !== undefined) attributes[CONTEXT_ATTRIBUTES[key as keyof typeof scalars]] = value;
  }
  if (tags !== undefined) attributes[CONTEXT_ATTRIBUTES.tags] = [...tags];
  for (const [key, value] of Object.entries(metadata)) attributes[ATTR_GENSPAN_METADATA(key)] = value;
  Object.freeze(attributes);
  KNOWN.set(values, attributes);
  return attributes;
}
