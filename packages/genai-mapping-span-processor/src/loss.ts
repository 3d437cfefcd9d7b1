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

/** Losses that are compared one by one; most spans have fewer. */
const FEW = 16;

/** Losses, each of them once. */
export class Losses {
  readonly #list: Loss[] = [];
  /** The same by all that they say, once there are more than a few. */
  #keys: Set<string> | undefined;

  add(attribute: string, reason: string, to?: DialectName): void {
    if (this.#has(attribute, reason, to)) return;
    this.#list.push(to === undefined ? { attribute, reason } : { attribute, reason, to });
    this.#keys?.add(keyOf(attribute, reason, to));
  }

  /** Adds the same for all attributes that hold a fact. */
  addAll(attributes: readonly string[], reason: string, to?: DialectName): void {
    if (attributes.length === 1) this.add(attributes[0] ?? '', reason, to);
    else for (const attribute of attributes) this.add(stemOf(attribute), reason, to);
  }

  list(): Loss[] {
    return this.#list.slice();
  }

  #has(attribute: string, reason: string, to: DialectName | undefined): boolean {
    if (this.#list.length < FEW) {
      for (const loss of this.#list) {
        if (loss.attribute === attribute && loss.reason === reason && loss.to === to) return true;
      }
      return false;
    }
    this.#keys ??= new Set(this.#list.map((loss) => keyOf(loss.attribute, loss.reason, loss.to)));
    return this.#keys.has(keyOf(attribute, reason, to));
  }
}

function keyOf(attribute: string, reason: string, to: DialectName | undefined): string {
  return `${to ?? ''}\n${reason}\n${attribute}`;
}

/** What comes before the first index: `llm.input_messages` of `llm.input_messages.0.message.role`. */
function stemOf(key: string): string {
  for (let dot = key.indexOf('.'); dot !== -1; dot = key.indexOf('.', dot + 1)) {
    const code = key.charCodeAt(dot + 1);
    if (code >= 48 && code <= 57) return key.slice(0, dot);
  }
  return key;
}
