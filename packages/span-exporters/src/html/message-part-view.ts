import type { KnownMessagePart } from '@genspan/semconv';
import { formatBytes } from '../format-quantity.js';
import { contentText, shortText } from './content-text.js';
import { inlineImage } from './inline-image.js';
import { fieldOf, stringOf } from './json-field.js';
import { markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { indentedText, valueText } from './value-text.js';

const MAX_NAME_CHARS = 200;

/** One part of a message. What is not a part of a known type is shown as JSON. */
export function messagePartView(part: unknown, maxChars: number): SafeHtml {
  const type = stringOf(part, 'type');
  if (isKnownType(type)) return PART_VIEWS[type](part, maxChars);
  if (type === 'refusal') return markup`<div class="part refusal"><b>refusal</b>${contentOf(part, maxChars)}</div>`;
  return contentText(indentedText(part), maxChars);
}

type PartView = (part: unknown, maxChars: number) => SafeHtml;

/** One row for each part type of the conventions. */
const PART_VIEWS: { readonly [T in KnownMessagePart['type']]: PartView } = {
  text: contentOf,
  reasoning: (part, maxChars) => folded('reasoning', contentOf(part, maxChars)),
  compaction: (part, maxChars) => folded('compaction of earlier turns', contentOf(part, maxChars)),
  tool_call: (part, maxChars) => callView(part, fieldOf(part, 'arguments'), maxChars),
  server_tool_call: (part, maxChars) => callView(part, fieldOf(part, 'server_tool_call'), maxChars),
  tool_call_response: (part, maxChars) => answerView(part, fieldOf(part, 'response'), maxChars),
  server_tool_call_response: (part, maxChars) => answerView(part, fieldOf(part, 'server_tool_call_response'), maxChars),
  blob: blobView,
  uri: (part) => placeholder(part, shortText(stringOf(part, 'uri') ?? '', MAX_NAME_CHARS)),
  file: (part) => placeholder(part, markup`file ${shortText(stringOf(part, 'file_id') ?? '', MAX_NAME_CHARS)}`),
};

function isKnownType(type: string | undefined): type is KnownMessagePart['type'] {
  return type !== undefined && Object.hasOwn(PART_VIEWS, type);
}

function contentOf(part: unknown, maxChars: number): SafeHtml {
  return contentText(valueText(fieldOf(part, 'content') ?? ''), maxChars);
}

function folded(title: string, content: SafeHtml): SafeHtml {
  return markup`<details class="part fold"><summary>${title}</summary>${content}</details>`;
}

function callView(part: unknown, callArguments: unknown, maxChars: number): SafeHtml {
  const name = shortText(stringOf(part, 'name') ?? 'tool', MAX_NAME_CHARS);
  return markup`<div class="part call"><b>→ ${name}</b> ${idOf(part)}${contentText(
    indentedText(callArguments ?? ''),
    maxChars,
  )}</div>`;
}

function answerView(part: unknown, answer: unknown, maxChars: number): SafeHtml {
  const text = indentedText(answer ?? '');
  return markup`<div class="part answer"><b>← result</b> ${idOf(part)}${contentText(text, maxChars)}</div>`;
}

function idOf(part: unknown): SafeHtml {
  return markup`<span class="id">${shortText(stringOf(part, 'id') ?? '', MAX_NAME_CHARS)}</span>`;
}

function blobView(part: unknown): SafeHtml {
  const base64 = stringOf(part, 'content') ?? '';
  const source = inlineImage(stringOf(part, 'mime_type'), base64);
  // Base64 has four characters for three bytes.
  const size = formatBytes((base64.length * 3) / 4);
  if (source === undefined) return placeholder(part, markup`${size}`);
  return markup`<figure class="part media"><img src="${source}" alt="${kindOf(part)}, ${size}" decoding="async" /></figure>`;
}

function placeholder(part: unknown, what: SafeHtml): SafeHtml {
  return markup`<p class="part media">[${kindOf(part)}: ${what}]</p>`;
}

function kindOf(part: unknown): string {
  return (stringOf(part, 'mime_type') ?? stringOf(part, 'modality') ?? 'data').slice(0, MAX_NAME_CHARS);
}
