import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_MEMORY_QUERY_TEXT,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '@genspan/semconv';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { chatView } from './chat-view.js';
import { contentText } from './content-text.js';
import { parsedJson } from './json-field.js';
import { joined, markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { toolDefinitionsView } from './tool-definitions-view.js';
import { indentedText } from './value-text.js';

type ContentView = (value: unknown, maxChars: number) => SafeHtml;

/** The attributes that hold content, in the order they are shown. */
const CONTENT: readonly [attribute: string, title: string, view: ContentView][] = [
  [ATTR_GEN_AI_TOOL_DEFINITIONS, 'Tools', list(toolDefinitionsView)],
  [ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, 'System instructions', messages('system')],
  [ATTR_GEN_AI_INPUT_MESSAGES, 'Input', messages('user')],
  [ATTR_GEN_AI_OUTPUT_MESSAGES, 'Output', messages('assistant')],
  [ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'Arguments', structured],
  [ATTR_GEN_AI_TOOL_CALL_RESULT, 'Result', structured],
  [ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, 'Query', structured],
  [ATTR_GEN_AI_MEMORY_QUERY_TEXT, 'Memory query', structured],
  [ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, 'Documents', structured],
];

/** Attributes that {@link spanContentView} shows, and a table of attributes need not. */
export const CONTENT_ATTRIBUTES: ReadonlySet<string> = new Set(CONTENT.map(([attribute]) => attribute));

/** What a span says and was told; of each text `maxChars` characters. */
export function spanContentView(span: ReadableSpanLike, maxChars: number): SafeHtml {
  const attributes: Record<string, unknown> = span.attributes;
  const views: SafeHtml[] = [];
  for (const [attribute, title, view] of CONTENT) {
    const value = attributes[attribute];
    if (value === undefined) continue;
    views.push(markup`<section class="content"><h4>${title}</h4>${view(value, maxChars)}</section>`);
  }
  return joined(views);
}

function messages(fallbackRole: string): ContentView {
  return list((items, maxChars) => chatView(items, fallbackRole, maxChars));
}

/** What should be a list and is not, such as JSON that was cut off on its way, is shown as it is. */
function list(view: (items: readonly unknown[], maxChars: number) => SafeHtml): ContentView {
  return (value, maxChars) => {
    const items = parsedJson(value);
    return Array.isArray(items) ? view(items, maxChars) : structured(value, maxChars);
  };
}

function structured(value: unknown, maxChars: number): SafeHtml {
  return contentText(indentedText(value), maxChars);
}
