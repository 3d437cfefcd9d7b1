import { formatCount } from '../format-quantity.js';
import { shortText } from './content-text.js';
import { fieldOf, stringOf } from './json-field.js';
import { messagePartView } from './message-part-view.js';
import { markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';

/** Messages shown of one attribute, the last ones; earlier ones are only counted. */
const MAX_MESSAGES = 200;
/** Parts shown of one message, the first ones; later ones are only counted. */
const MAX_PARTS = 100;
const MAX_ROLE_CHARS = 300;

/** Roles that have a colour. Only these words become a class of an element. */
const ROLES: ReadonlySet<string> = new Set(['system', 'developer', 'user', 'assistant', 'tool']);

/**
 * Messages (`[{ role, parts }]`) as a conversation.
 *
 * @param fallbackRole - who speaks where a message does not say; system instructions are parts without a message.
 * @param maxChars - characters shown of each text.
 */
export function chatView(messages: readonly unknown[], fallbackRole: string, maxChars: number): SafeHtml {
  const shown = messages.slice(-MAX_MESSAGES);
  const hidden = messages.length - shown.length;
  const note = hidden > 0 && markup`<p class="note">${formatCount(hidden)} earlier messages are not shown.</p>`;
  return markup`${note}
    <ol class="chat">
      ${shown.map((message) => messageView(message, fallbackRole, maxChars))}
    </ol>`;
}

function messageView(message: unknown, fallbackRole: string, maxChars: number): SafeHtml {
  const role = stringOf(message, 'role') ?? fallbackRole;
  const parts = fieldOf(message, 'parts');
  const all: readonly unknown[] = Array.isArray(parts) ? parts : [message];
  const views = all.slice(0, MAX_PARTS).map((part) => messagePartView(part, maxChars));
  const hidden = all.length - views.length;
  return markup`<li class="message ${ROLES.has(role) ? role : 'other'}">
    <header>${shortText(role, MAX_ROLE_CHARS)} ${asideOf(message)}</header>
    ${views}${hidden > 0 && markup`<p class="note">${formatCount(hidden)} more parts are not shown.</p>`}
  </li>`;
}

/** Who it is by name, and why the model stopped. */
function asideOf(message: unknown): SafeHtml {
  const words = [stringOf(message, 'name'), stringOf(message, 'finish_reason')].filter((word) => word !== undefined);
  return markup`<span class="id">${shortText(words.join(' · '), MAX_ROLE_CHARS)}</span>`;
}
