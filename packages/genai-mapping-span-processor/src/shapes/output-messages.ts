import { FINISH_REASONS } from '@genspan/semconv';
import type { FinishReason, InputMessage, MessagePart, OutputMessage } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';

const NAMED_REASONS: ReadonlySet<string> = new Set(FINISH_REASONS);

/**
 * Makes one message of each choice, and gives it its reason to stop, which older readers look for there.
 *
 * @param record - knows the reasons and how many choices there are
 * @param isOneCall - messages of one role that follow each other are pieces of one choice, unless more choices were asked for
 */
export function toOutputMessages(
  record: GenAIRecord,
  messages: readonly InputMessage[],
  isOneCall: boolean,
): readonly OutputMessage[] {
  const choices = isOneCall && (record.get('gen_ai.request.choice.count') ?? 1) === 1 ? joined(messages) : messages;
  const reasons = record.get('gen_ai.response.finish_reasons');
  if (reasons === undefined || reasons.length !== choices.length) return choices;
  return choices.map((message, index): OutputMessage => {
    const reason = reasons[index] ?? '';
    return NAMED_REASONS.has(reason) ? { ...message, finish_reason: reason as FinishReason } : message;
  });
}

function joined(messages: readonly InputMessage[]): readonly InputMessage[] {
  if (messages.length < 2) return messages;
  const result: { role: string; name?: string | null; parts: MessagePart[] }[] = [];
  for (const message of messages) {
    const last = result.at(-1);
    if (last !== undefined && last.role === message.role && last.name === message.name) {
      last.parts.push(...message.parts);
    } else result.push({ ...message, parts: [...message.parts] });
  }
  return result;
}
