import { hash } from 'node:crypto';
import type { Attributes, Context } from '@opentelemetry/api';
import { getGenAIContext } from '@genspan/genai-context';
import { ATTR_GEN_AI_CONVERSATION_ID } from '@genspan/semconv';

/**
 * The randomness of all traces of a conversation: the low 56 bits of the SHA-256 of its id in UTF-8, in other words the
 * last 14 of the 64 hex digits. Who knows the id can compute it in any language.
 *
 * Nothing is remembered: a hash takes 0.6 to 1.2 µs, and a memory of a thousand ids costs 2 where more are in turn.
 *
 * @param id - as it is, not trimmed or folded
 * @returns 14 lower-case hex digits, the value of `rv`
 */
export function randomnessOfConversation(id: string): string {
  return hash('sha256', id, 'hex').slice(50);
}

/**
 * The id that ties a trace to others when it starts: `gen_ai.conversation.id` of the span, else the conversation, else
 * the session that `withGenAIContext()` has put into the context. Neither an empty string nor a number is an id.
 */
export function conversationIdOf(context: Context, attributes: Attributes): string | undefined {
  const own = attributes[ATTR_GEN_AI_CONVERSATION_ID];
  if (typeof own === 'string' && own !== '') return own;
  const values = getGenAIContext(context);
  return values?.conversationId ?? values?.sessionId;
}
