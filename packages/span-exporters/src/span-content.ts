import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
} from '@genspan/semconv';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { messageBlocks, valueLines } from './message-lines.js';
import type { ContentBlock } from './message-lines.js';

/** The attributes that hold content, in the order they are printed. */
const CONTENT: readonly [attribute: string, label: string, isMessages: boolean][] = [
  [ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, 'system', true],
  [ATTR_GEN_AI_INPUT_MESSAGES, 'input', true],
  [ATTR_GEN_AI_OUTPUT_MESSAGES, 'output', true],
  [ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'arguments', false],
  [ATTR_GEN_AI_TOOL_CALL_RESULT, 'result', false],
  [ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, 'query', false],
  [ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, 'documents', false],
];

/** What a span says and was told, each text cut at `maxChars`. */
export function contentOf(span: ReadableSpanLike, maxChars: number): ContentBlock[] {
  const attributes: Record<string, unknown> = span.attributes;
  const blocks: ContentBlock[] = [];
  for (const [attribute, label, isMessages] of CONTENT) {
    const value = attributes[attribute];
    if (value === undefined) continue;
    if (isMessages) blocks.push(...messageBlocks(value, label, maxChars));
    else blocks.push({ label, lines: valueLines(value, maxChars) });
  }
  for (const event of span.events) {
    const message: unknown = event.attributes?.[ATTR_EXCEPTION_MESSAGE];
    if (message !== undefined) blocks.push({ label: 'exception', lines: valueLines(message, maxChars) });
  }
  return blocks;
}
