import { formatCount } from '../format-quantity.js';
import { markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';

/** Text of several lines, cut at `maxChars` with a note of what is missing. */
export function contentText(text: string, maxChars: number): SafeHtml {
  if (text.length <= maxChars) return markup`<div class="text">${text}</div>`;
  const left = formatCount(text.length - maxChars);
  return markup`<div class="text">${headOf(text, maxChars)}</div>
    <p class="note">${left} more characters are not shown.</p>`;
}

/** A value in a table or a line, cut at `maxChars`. */
export function shortText(text: string, maxChars: number): SafeHtml {
  if (text.length <= maxChars) return markup`${text}`;
  return markup`${headOf(text, maxChars)}<span class="note">… ${formatCount(text.length - maxChars)} more characters</span>`;
}

/** The start of a text, without the first half of a character in two. */
function headOf(text: string, maxChars: number): string {
  const code = text.charCodeAt(maxChars - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? maxChars - 1 : maxChars);
}
