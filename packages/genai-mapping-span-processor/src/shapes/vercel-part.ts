import type { MessagePart } from '@genspan/semconv';
import { isFields, parseJson } from './json.js';
import { isValidPart } from './openai-content.js';
import { modalityOf, readFileData, writeFileData, writeMediaType } from './vercel-file-data.js';
import type { Problems } from './vercel-file-data.js';

type Fields = Readonly<Record<string, unknown>>;

/** Arguments of a tool call: an object where they are JSON of one, else as they came. */
export function readToolInput(input: unknown): unknown {
  const parsed = parseJson(input);
  return isFields(parsed) ? parsed : input;
}

/**
 * Reads a part of a message of the Vercel AI SDK, of any version from 4 to 7. One of a type that is not known stays as it is,
 * one that lacks what its type needs is of unknown type.
 *
 * @returns `undefined` when it is none
 */
export function readVercelPart(part: unknown, problems: Problems): MessagePart | undefined {
  if (typeof part === 'string') return { type: 'text', content: part };
  if (!isFields(part)) {
    problems('a part of a message is not readable');
    return undefined;
  }
  if (part['providerOptions'] !== undefined || part['experimental_providerMetadata'] !== undefined) {
    problems('options for the provider have no place');
  }
  const read = READERS.get(part['type']);
  const result = read === undefined ? undefined : read(part, problems);
  if (result !== undefined) return result;
  if (read !== undefined) problems('a part of a message is not readable');
  if (read === undefined && isValidPart(part)) return part as MessagePart;
  return { ...part, type: 'unknown' };
}

type ReadPart = (part: Fields, problems: Problems) => MessagePart | undefined;

const READERS: ReadonlyMap<unknown, ReadPart> = new Map<unknown, ReadPart>([
  ['text', readText('text')],
  ['reasoning', readText('reasoning')],
  ['image', (part, problems) => readFile(part, part['image'], problems)],
  ['file', (part, problems) => readFile(part, part['data'], problems)],
  ['tool-call', readToolCall],
  ['tool-result', readToolResult],
]);

function readText(type: 'text' | 'reasoning'): ReadPart {
  return ({ text }) => (typeof text === 'string' ? { type, content: text } : undefined);
}

function readFile(part: Fields, data: unknown, problems: Problems): MessagePart | undefined {
  // `mimeType` up to version 4.
  const named = part['mediaType'] ?? part['mimeType'];
  const mediaType = typeof named === 'string' ? named : undefined;
  if (part['filename'] !== undefined) problems('the name of a file has no place');
  const modality = part['type'] === 'image' ? 'image' : modalityOf(mediaType ?? '');
  return readFileData(data, mediaType, modality);
}

function readToolCall(part: Fields): MessagePart | undefined {
  const { toolCallId, toolName } = part;
  if (typeof toolName !== 'string' || toolName === '') return undefined;
  const id = typeof toolCallId === 'string' ? { id: toolCallId } : {};
  // `args` up to version 4.
  const input = part['input'] ?? part['args'];
  if (part['providerExecuted'] === true) {
    const parsed = readToolInput(input);
    const details =
      isFields(parsed) && typeof parsed['type'] === 'string'
        ? { ...parsed, type: parsed['type'] }
        : { type: toolName, arguments: parsed };
    return { type: 'server_tool_call', ...id, name: toolName, server_tool_call: details };
  }
  return { type: 'tool_call', ...id, name: toolName, ...(input == null ? {} : { arguments: readToolInput(input) }) };
}

function readToolResult(part: Fields, problems: Problems): MessagePart {
  const id = typeof part['toolCallId'] === 'string' ? { id: part['toolCallId'] } : {};
  if (part['isError'] === true) problems('whether a tool failed has no place');
  // `result` up to version 4: the value itself.
  const response = part['output'] === undefined ? part['result'] : readToolOutput(part['output'], problems);
  return { type: 'tool_call_response', ...id, response: response ?? null };
}

/** The value of a tool's `output`, which says what form it has. */
function readToolOutput(output: unknown, problems: Problems): unknown {
  if (!isFields(output) || !('value' in output)) return output;
  switch (output['type']) {
    case 'error-text':
    case 'error-json':
      problems('whether a tool failed has no place');
      return output['value'];
    case 'text':
    case 'json':
    case 'content':
      return output['value'];
    default:
      return output;
  }
}

/** What a part needs to know of what is around it to be written. */
export interface VercelPartContext {
  /** Names of the tools by the ids of their calls. */
  readonly toolNames: ReadonlyMap<unknown, string>;
  readonly provider: string | undefined;
}

/** The part as messages of the Vercel AI SDK, version 5 and later, have it. One of a type that they lack stays as it is. */
export function writeVercelPart(part: unknown, context: VercelPartContext, problems: Problems): unknown {
  if (!isFields(part) || !isValidPart(part)) return part;
  const { type, content, name, response } = part;
  switch (type) {
    case 'text':
    case 'reasoning':
      return { type, text: content };
    case 'blob':
    case 'uri':
    case 'file':
      return { type: 'file', mediaType: writeMediaType(part, problems), data: writeFileData(part, context.provider) };
    case 'tool_call':
      return { type: 'tool-call', ...idOf(part), toolName: name, ...inputOf(part) };
    case 'server_tool_call': {
      const { server_tool_call: input } = part;
      return { type: 'tool-call', ...idOf(part), toolName: name, input, providerExecuted: true };
    }
    case 'tool_call_response':
      return {
        type: 'tool-result',
        ...idOf(part),
        toolName: context.toolNames.get(part['id']) ?? '',
        output: typeof response === 'string' ? { type: 'text', value: response } : { type: 'json', value: response },
      };
    default:
      return part;
  }
}

function idOf({ id }: Fields): { toolCallId?: string } {
  return typeof id === 'string' ? { toolCallId: id } : {};
}

function inputOf({ arguments: input }: Fields): { input?: unknown } {
  return input === undefined || input === null ? {} : { input };
}
