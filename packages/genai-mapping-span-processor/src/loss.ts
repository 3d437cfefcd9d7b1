import type { DialectName } from './dialect-name.js';

/** Something that a mapping could not carry over, or not all of it. */
export interface Loss {
  /**
   * The attribute (or event) of the source that holds it. Of a fact that is spread over several indexed attributes, the part
   * before the index that they have in common: `llm.input_messages`.
   */
  readonly attribute: string;
  /** Why; without any value. */
  readonly reason: string;
  /** The dialect that has no place for it; left out when it was not understood in the first place. */
  readonly to?: DialectName;
}

/** Losses, each of them once. */
export class Losses {
  readonly #known = new Map<string, Loss>();
  readonly #attributes = new Set<string>();

  add(attribute: string, reason: string, to?: DialectName): void {
    const key = `${to ?? ''}\n${reason}\n${attribute}`;
    if (this.#known.has(key)) return;
    this.#attributes.add(attribute);
    this.#known.set(key, to === undefined ? { attribute, reason } : { attribute, reason, to });
  }

  /** Adds the same for all attributes that hold a fact. */
  addAll(attributes: readonly string[], reason: string, to?: DialectName): void {
    if (attributes.length === 1) this.add(attributes[0] ?? '', reason, to);
    else for (const attribute of attributes) this.add(stemOf(attribute), reason, to);
  }

  /** Whether anything of an attribute was lost. */
  mentions(attribute: string): boolean {
    return this.#attributes.has(attribute);
  }

  list(): Loss[] {
    return [...this.#known.values()];
  }
}

/** What comes before the first index: `llm.input_messages` of `llm.input_messages.0.message.role`. */
function stemOf(key: string): string {
  for (let dot = key.indexOf('.'); dot !== -1; dot = key.indexOf('.', dot + 1)) {
    const code = key.charCodeAt(dot + 1);
    if (code >= 48 && code <= 57) return key.slice(0, dot);
  }
  return key;
}
