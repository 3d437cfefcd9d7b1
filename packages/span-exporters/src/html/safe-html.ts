import { displayText } from './display-text.js';

/** Markup of ours, in which everything that came from outside is escaped. Only {@link markup} and {@link joined} make it. */
export class SafeHtml {
  readonly #markup: string;

  /** @internal */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text is escaped, markup is taken as it is, `undefined` and `false` are nothing. */
export type HtmlValue = string | number | SafeHtml | readonly SafeHtml[] | undefined | false;

/** Nothing. */
export const NO_HTML = new SafeHtml('');

/**
 * A template of markup whose values are escaped, whatever they hold: `` markup`<b title="${name}">${name}</b>` ``.
 *
 * What it promises holds for text and for attributes in double quotes, the only places where our templates have values:
 * never a value in the name of a tag or an attribute, in an attribute that is an address or a script, or inside a script or
 * a style sheet. (It is not called `html`: formatters take that as leave to move white space about.)
 */
export function markup(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  let made = literals[0] ?? '';
  for (let index = 0; index < values.length; index++) made += markupOf(values[index]) + (literals[index + 1] ?? '');
  return new SafeHtml(made);
}

/** Pieces of markup after each other. */
export function joined(pieces: readonly SafeHtml[]): SafeHtml {
  return new SafeHtml(pieces.join(''));
}

function markupOf(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(displayText(value));
  return value instanceof SafeHtml ? value.toString() : value.join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
