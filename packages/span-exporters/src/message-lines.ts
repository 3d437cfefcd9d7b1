import type { KnownMessagePart } from '@genspan/semconv';
import { formatBytes } from './format-quantity.js';
import { printableLine, printableLines } from './printable-text.js';

/** A piece of content to print: who says it, and the lines. */
export interface ContentBlock {
  label: string;
  lines: string[];
}

/** Messages printed of one attribute, the last ones; earlier ones are only counted. */
const MAX_MESSAGES = 20;
/** Parts printed of one message, the first ones; later ones are only counted. */
const MAX_PARTS = 20;

/** GenAI messages (`[{ role, parts }]`, as JSON or structured) as blocks; what is not messages is shown as it is. */
export function messageBlocks(value: unknown, fallbackLabel: string, maxChars: number): ContentBlock[] {
  const messages = parsed(value);
  if (!Array.isArray(messages)) return [{ label: fallbackLabel, lines: valueLines(value, maxChars) }];
  const shown = messages.slice(-MAX_MESSAGES);
  const blocks = shown.map((message: unknown) => messageBlock(message, fallbackLabel, maxChars));
  const hidden = messages.length - shown.length;
  return hidden === 0 ? blocks : [{ label: '…', lines: [`${hidden} earlier messages`] }, ...blocks];
}

/** Any value as lines: strings as they are, everything else as JSON. */
export function valueLines(value: unknown, maxChars: number): string[] {
  if (typeof value === 'string') return printableLines(value, maxChars);
  try {
    return printableLines(JSON.stringify(value) ?? '', maxChars);
  } catch {
    return ['(not printable)'];
  }
}

function messageBlock(message: unknown, fallbackLabel: string, maxChars: number): ContentBlock {
  const role = stringOf(message, 'role');
  const parts: unknown = fieldOf(message, 'parts');
  // System instructions are parts without a message around them.
  const all: unknown[] = Array.isArray(parts) ? parts : [message];
  const lines = all.slice(0, MAX_PARTS).flatMap((part) => partLines(part, maxChars));
  if (all.length > MAX_PARTS) lines.push(`… ${all.length - MAX_PARTS} more parts`);
  return { label: role === undefined ? fallbackLabel : printableLine(role, 12), lines };
}

function partLines(part: unknown, maxChars: number): string[] {
  const type = stringOf(part, 'type');
  return isKnownType(type) ? PART_LINES[type](part, maxChars) : valueLines(part, maxChars);
}

type PartLines = (part: unknown, maxChars: number) => string[];

const content: PartLines = (part, maxChars) => valueLines(fieldOf(part, 'content') ?? '', maxChars);

/** One row for each part type of the conventions; any other part is printed as JSON. */
const PART_LINES: { readonly [T in KnownMessagePart['type']]: PartLines } = {
  text: content,
  reasoning: (part, maxChars) => ['(reasoning)', ...content(part, maxChars)],
  compaction: (part, maxChars) => ['(compaction)', ...content(part, maxChars)],
  tool_call: (part, maxChars) => callLines(part, fieldOf(part, 'arguments'), maxChars),
  server_tool_call: (part, maxChars) => callLines(part, fieldOf(part, 'server_tool_call'), maxChars),
  tool_call_response: (part, maxChars) => answerLines(fieldOf(part, 'response'), maxChars),
  server_tool_call_response: (part, maxChars) => answerLines(fieldOf(part, 'server_tool_call_response'), maxChars),
  // Base64 has four characters for three bytes.
  blob: (part) => [`[${kindOf(part)}, ${formatBytes(((stringOf(part, 'content') ?? '').length * 3) / 4)}]`],
  uri: (part) => [`[${kindOf(part)} ${printableLine(stringOf(part, 'uri') ?? '', 200)}]`],
  file: (part) => [`[${kindOf(part)} file ${printableLine(stringOf(part, 'file_id') ?? '', 100)}]`],
};

function isKnownType(type: string | undefined): type is KnownMessagePart['type'] {
  return type !== undefined && Object.hasOwn(PART_LINES, type);
}

function callLines(part: unknown, callArguments: unknown, maxChars: number): string[] {
  const [first = '', ...rest] = valueLines(callArguments ?? '', maxChars);
  const lines = [`→ ${printableLine(stringOf(part, 'name') ?? 'tool', 100)}(${first}`, ...rest];
  return [...lines.slice(0, -1), `${lines.at(-1) ?? ''})`];
}

function answerLines(answer: unknown, maxChars: number): string[] {
  const [first = '', ...rest] = valueLines(answer ?? '', maxChars);
  return [`← ${first}`, ...rest];
}

function kindOf(part: unknown): string {
  return printableLine(stringOf(part, 'mime_type') ?? stringOf(part, 'modality') ?? 'data', 60);
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function stringOf(value: unknown, name: string): string | undefined {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : undefined;
}
