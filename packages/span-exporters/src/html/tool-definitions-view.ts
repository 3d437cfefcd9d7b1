import { formatCount, formatCounted } from '../format-quantity.js';
import { contentText, shortText } from './content-text.js';
import { fieldOf, stringOf } from './json-field.js';
import { markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { indentedText } from './value-text.js';

/** Definitions shown of one span, the first ones. */
const MAX_TOOLS = 200;
const MAX_NAME_CHARS = 200;

/** The tools that a model was offered, folded: names, what they say of themselves, their parameters. */
export function toolDefinitionsView(tools: readonly unknown[], maxChars: number): SafeHtml {
  const shown = tools.slice(0, MAX_TOOLS);
  const hidden = tools.length - shown.length;
  return markup`<details class="fold">
    <summary>${formatCounted(tools.length, 'tool')} offered</summary>
    <ul class="tools">
      ${shown.map((tool) => toolView(tool, maxChars))}
    </ul>
    ${hidden > 0 && markup`<p class="note">${formatCount(hidden)} more are not shown.</p>`}
  </details>`;
}

function toolView(tool: unknown, maxChars: number): SafeHtml {
  const name = stringOf(tool, 'name');
  if (name === undefined) return markup`<li>${contentText(indentedText(tool), maxChars)}</li>`;
  const description = stringOf(tool, 'description');
  const parameters = fieldOf(tool, 'parameters');
  return markup`<li>
    <b>${shortText(name, MAX_NAME_CHARS)}</b> ${shortText(stringOf(tool, 'type') ?? '', MAX_NAME_CHARS)}
    ${description !== undefined && contentText(description, maxChars)}
    ${parameters !== undefined && contentText(indentedText(parameters), maxChars)}
  </li>`;
}
