import {
  FINISH_REASONS,
  validateInputMessages,
  validateOutputMessages,
  validateSystemInstructions,
} from '@genspan/semconv';
import type { FinishReason, InputMessage, MessagePart, OutputMessage, SystemInstruction } from '@genspan/semconv';
import { toFinishReason } from './finish-reasons.js';
import { isFields } from './json.js';
import { mendPart } from './mend-part.js';
import { readOpenAIMessages } from './openai-messages.js';

/** Told what had to be left out; without any value. */
export type OnProblem = (reason: string) => void;

const BAD_MESSAGE = 'a message is not of the shape that the dialect gives it';
const BAD_PART = 'a part of a message lacks what its type needs';
const BAD_REASON = 'the conventions do not know the finish reason of a message';

/**
 * Messages as the current conventions want them. Those that are so already are returned as they are; others, OpenAI's among
 * them, are mended, and what cannot be is left out.
 *
 * @returns `undefined` for what is no list of messages
 */
export function readInputMessages(value: unknown, onProblem: OnProblem): readonly InputMessage[] | undefined {
  if (validateInputMessages(value).length === 0 && typeof value !== 'string') return value as InputMessage[];
  return listOf(value, 'user')?.flatMap((message) => mendMessage(message, 'user', onProblem));
}

/** The same for the choices of a response. */
export function readOutputMessages(value: unknown, onProblem: OnProblem): readonly OutputMessage[] | undefined {
  if (validateOutputMessages(value).length === 0 && typeof value !== 'string') return value as OutputMessage[];
  return listOf(value, 'assistant')?.flatMap((message) =>
    mendMessage(message, 'assistant', onProblem).map((mended) => ({
      ...mended,
      ...finishReasonOf(message, onProblem),
    })),
  );
}

/** The same for system instructions, which are text only; a bare string is one. */
export function readSystemInstructions(value: unknown, onProblem: OnProblem): readonly SystemInstruction[] | undefined {
  if (validateSystemInstructions(value).length === 0 && typeof value !== 'string') return value as SystemInstruction[];
  return listOf(value, 'system')?.flatMap((entry) => {
    const isMessage = isFields(entry) && (entry['parts'] !== undefined || entry['role'] !== undefined);
    const parts = isMessage
      ? mendMessage(entry, 'system', onProblem).flatMap((message) => message.parts)
      : [mendPart(entry)];
    return parts.flatMap((part) => {
      if (part?.type === 'text') return [part as SystemInstruction];
      onProblem('system instructions can only be text');
      return [];
    });
  });
}

/** A list, or one entry without a list around it. A text that is no JSON is a message, a JSON text that was cut off is not. */
function listOf(value: unknown, role: string): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (isFields(value)) return [value];
  if (typeof value !== 'string' || /^\s*(?:[[{]|$)/.test(value)) return undefined;
  const text = { type: 'text', content: value };
  return [role === 'system' ? text : { role, parts: [text] }];
}

function mendMessage(message: unknown, role: string, onProblem: OnProblem): InputMessage[] {
  if (!isFields(message)) {
    if (typeof message === 'string') return [{ role, parts: [{ type: 'text', content: message }] }];
    onProblem(BAD_MESSAGE);
    return [];
  }
  const { parts, role: ownRole, name } = message;
  if (!Array.isArray(parts)) return readForeignMessage(message, onProblem);
  const mended: InputMessage = {
    ...message,
    role: typeof ownRole === 'string' && ownRole !== '' ? ownRole : role,
    parts: parts.flatMap((part) => mendedPart(part, onProblem)),
  };
  if (name === undefined || name === null || typeof name === 'string') return [mended];
  const { name: _, ...nameless } = mended;
  return [nameless];
}

function mendedPart(part: unknown, onProblem: OnProblem): readonly MessagePart[] {
  const mended = mendPart(part);
  if (mended !== undefined) return [mended];
  onProblem(BAD_PART);
  return [];
}

/** Messages with `content` instead of parts. */
function readForeignMessage(message: unknown, onProblem: OnProblem): InputMessage[] {
  const messages = readOpenAIMessages([message], onProblem);
  if (messages !== undefined && validateInputMessages(messages).length === 0) return [...messages];
  onProblem(BAD_MESSAGE);
  return [];
}

function finishReasonOf(message: unknown, onProblem: OnProblem): { finish_reason?: FinishReason | null } {
  const said = isFields(message) ? message['finish_reason'] : undefined;
  if (said === undefined || said === null) return {};
  const reason = typeof said === 'string' ? toFinishReason(said) : said;
  const known = FINISH_REASONS.find((candidate) => candidate === reason);
  if (known !== undefined) return { finish_reason: known };
  // What a writer of an older version puts where the conventions of then want a reason and none is known.
  if (reason !== UNKNOWN_FINISH_REASON) onProblem(BAD_REASON);
  return { finish_reason: null };
}

/** Stands where older conventions want a reason and none is known. */
export const UNKNOWN_FINISH_REASON = 'unknown';
