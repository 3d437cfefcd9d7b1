import { formatCount } from '../format-quantity.js';
import { shortText } from './content-text.js';
import { NO_HTML, markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { valueText } from './value-text.js';

/** Attributes shown of one span, event, link or resource, the first ones. */
const MAX_ROWS = 500;
const MAX_KEY_CHARS = 300;

/** Attributes as a table, without those in `without`; nothing when there are none. Of each value `maxChars` characters. */
export function attributeTable(
  attributes: Readonly<Record<string, unknown>> | undefined,
  maxChars: number,
  without?: ReadonlySet<string>,
): SafeHtml {
  if (attributes === undefined) return NO_HTML;
  const keys = Object.keys(attributes).filter((key) => without?.has(key) !== true);
  if (keys.length === 0) return NO_HTML;
  const rows = keys.slice(0, MAX_ROWS).map((key) => {
    const value = shortText(valueText(attributes[key]), maxChars);
    return markup`<tr><th scope="row">${shortText(key, MAX_KEY_CHARS)}</th><td>${value}</td></tr>\n`;
  });
  const hidden = keys.length - rows.length;
  return markup`<table>${rows}</table>${hidden > 0 && markup`<p class="note">${formatCount(hidden)} more are not shown.</p>`}`;
}

/** Facts that we name ourselves as a table, without those that are `undefined`. */
export function factTable(facts: readonly (readonly [name: string, fact: string | SafeHtml | undefined])[]): SafeHtml {
  const rows = facts.map(([name, fact]) =>
    fact === undefined ? NO_HTML : markup`<tr><th scope="row">${name}</th><td>${fact}</td></tr>\n`,
  );
  return markup`<table>${rows}</table>`;
}
