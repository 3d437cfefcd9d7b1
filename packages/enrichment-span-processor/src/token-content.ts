/** Longest JSON that is parsed to be counted: a few milliseconds. What is longer holds media as a rule, which do not count. */
const MAX_JSON_LENGTH = 1_000_000;

/** What of a span's content is counted. */
export interface CountableContent {
  /** In order; concatenated they are not one text. */
  readonly texts: readonly string[];
  readonly messageCount: number;
  /** Messages whose author has a name. */
  readonly namedCount: number;
}

/** The types of parts whose content is bytes, or stands elsewhere. */
const MEDIA: ReadonlySet<unknown> = new Set(['blob', 'file', 'uri']);

/**
 * The texts of messages: text, tool calls with their arguments, answers of tools, refusals. Media are left out, as no text
 * tells how many tokens they are.
 *
 * @param value - `gen_ai.input.messages` or `gen_ai.output.messages`, as JSON or structured
 * @param withReasoning - whether reasoning counts: it does in an answer; in an input it is dropped by most providers
 * @returns `undefined` when there are no messages, or it is not known what they say
 */
export function messageContent(value: unknown, withReasoning: boolean): CountableContent | undefined {
  const messages = parsed(value);
  if (!Array.isArray(messages) || messages.length === 0) return undefined;
  const texts: string[] = [];
  let namedCount = 0;
  for (const message of messages) {
    if (text(field(message, 'name')) !== undefined) namedCount++;
    const parts = field(message, 'parts') ?? field(message, 'content');
    if (typeof parts === 'string') texts.push(parts);
    else if (Array.isArray(parts)) for (const part of parts) addPart(texts, part, withReasoning);
  }
  return { texts, messageCount: messages.length, namedCount };
}

/**
 * The texts of system instructions and definitions of tools, the latter as their JSON.
 *
 * @param value - as JSON or structured; there are none when it is `undefined`
 * @returns `undefined` when it is not known what they say
 */
export function plainContent(value: unknown): readonly string[] | undefined {
  const items = parsed(value);
  if (items === undefined && value !== undefined) return undefined;
  if (!Array.isArray(items)) return typeof items === 'string' && items !== '' ? [items] : [];
  const texts: string[] = [];
  for (const item of items) {
    const content = text(field(item, 'content'));
    texts.push(content ?? jsonOf(item));
  }
  return texts;
}

function addPart(texts: string[], part: unknown, withReasoning: boolean): void {
  if (typeof part === 'string') {
    texts.push(part);
    return;
  }
  const type = field(part, 'type');
  if (MEDIA.has(type) || (type === 'reasoning' && !withReasoning)) return;
  if (type === 'tool_call') {
    texts.push(text(field(part, 'name')) ?? '', textOrJson(field(part, 'arguments')));
  } else if (type === 'tool_call_response') {
    texts.push(textOrJson(field(part, 'response') ?? field(part, 'result')));
  } else {
    const content = text(field(part, 'content')) ?? text(field(part, 'text'));
    if (content !== undefined) texts.push(content);
  }
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.length > MAX_JSON_LENGTH) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    // A text in the place of its JSON is a text.
    return value;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textOrJson(value: unknown): string {
  return typeof value === 'string' ? value : jsonOf(value);
}

function jsonOf(value: unknown): string {
  return value === undefined || value === null ? '' : (JSON.stringify(value) ?? '');
}
