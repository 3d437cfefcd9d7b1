import type { ReadableSpanLike, ResourceLike } from '@genspan/span-processor-base';
import { attributeTable } from './attribute-table.js';
import { markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { valueText } from './value-text.js';

/** Where the spans of a trace come from: each resource once, though every span has one. */
export class ResourceTables {
  readonly #idPrefix: string;
  readonly #idOf = new Map<ResourceLike, string>();
  /** Resources of the same attributes, as several tracers of one process have them. */
  readonly #byText = new Map<string, { readonly id: string; readonly resource: ResourceLike }>();

  /** @param idPrefix - the start of the ids of the tables, unique in the page. */
  constructor(idPrefix: string) {
    this.#idPrefix = idPrefix;
  }

  /** The id in the page of the table of a span's resource. */
  idOf({ resource }: ReadableSpanLike): string {
    const known = this.#idOf.get(resource);
    if (known !== undefined) return known;
    const text = valueText(resource.attributes);
    const entry = this.#byText.get(text) ?? { id: `${this.#idPrefix}${this.#byText.size}`, resource };
    this.#byText.set(text, entry);
    this.#idOf.set(resource, entry.id);
    return entry.id;
  }

  /** The tables of all resources that were asked for. */
  view(maxChars: number): SafeHtml {
    const views = [...this.#byText.values()].map(
      ({ id, resource }) =>
        markup`<details class="fold resource" id="${id}"><summary>Resource</summary>${attributeTable(resource.attributes, maxChars)}</details>\n`,
    );
    return markup`${views}`;
  }
}
