import { DecodedText } from './decoded-text.js';
import { REMOVE_FIELD, namesAKind } from './field-replace.js';
import type { FieldReplace } from './field-replace.js';
import { foldCase } from './fold-case.js';
import type { JsonArray, JsonNode, JsonObject, JsonScalar } from './json-node.js';
import { decodeJsonString, parseJsonTree } from './json-tree.js';
import type { PathState } from './path-automaton.js';
import type { ArrayElement } from './path-place.js';
import { editInString } from './text-edit.js';
import type { TextEdit } from './text-edit.js';

/** How often JSON may be in a string in JSON; what is deeper counts as unreadable. */
const MAX_LEVELS = 8;

/** An object or an array, perhaps cut off, or a string that holds one. A byte order mark makes it unreadable, not prose. */
const JSON_LIKE = /^[\s\ufeff]*(?:[{[]|"[\s\ufeff]*(?:[{[]|\\[ntru"]))/;

/** Whether a text is meant to be JSON with fields in it. */
export function looksLikeJson(text: string): boolean {
  return JSON_LIKE.test(text);
}

/**
 * What to change in a JSON text, in its order.
 *
 * @param state - where the paths are at the root of the text
 * @param level - how many strings the text is in
 * @returns undefined when the text cannot be read
 * @throws what `replace` throws
 */
export function findJsonEdits(
  text: string,
  state: PathState,
  replace: FieldReplace,
  level = 0,
): readonly TextEdit[] | undefined {
  if (level > MAX_LEVELS) return undefined;
  const root = parseJsonTree(text);
  if (root === undefined) return undefined;
  const search = new JsonEditSearch(text, replace, level);
  search.visitRoot(root, state);
  return search.edits;
}

class JsonEditSearch {
  readonly edits: TextEdit[] = [];
  readonly #text: string;
  readonly #replace: FieldReplace;
  readonly #level: number;

  constructor(text: string, replace: FieldReplace, level: number) {
    this.#text = text;
    this.#replace = replace;
    this.#level = level;
  }

  visitRoot(node: JsonNode, state: PathState): void {
    if (this.#visit(node, state, undefined)) this.#empty(node);
  }

  /** @returns whether the value is to be taken away, which is left to the caller */
  #visit(node: JsonNode, state: PathState, key: string | undefined): boolean {
    switch (node.kind) {
      case 'object':
        this.#visitMembers(node, state);
        return false;
      case 'array':
        this.#visitItems(node, state);
        return false;
      case 'null':
        return false;
      case 'string':
        if (state.rule === undefined) return this.#visitText(node, state);
        return this.#replaceScalar(node, decodeJsonString(this.#raw(node)), state, key);
      case 'number':
      case 'boolean':
        return state.rule !== undefined && this.#replaceScalar(node, this.#raw(node), state, key);
    }
  }

  #visitMembers({ members }: JsonObject, state: PathState): void {
    let behindKept: number | undefined;
    members.forEach((member, index) => {
      const { value } = member;
      if (this.#visit(value, state.afterKey(member.key), member.key)) {
        // With the comma before it, if a member stays before it, or else with the comma behind it.
        const start = behindKept ?? member.start;
        const end = behindKept === undefined ? (members[index + 1]?.start ?? value.end) : value.end;
        this.edits.push({ start, end, text: '' });
        if (behindKept !== undefined) behindKept = value.end;
      } else {
        behindKept = value.end;
      }
    });
  }

  #visitItems({ items }: JsonArray, state: PathState): void {
    items.forEach((item, index) => {
      const next = state.seesElements
        ? state.afterElement(new JsonElement(this.#text, item, index, items.length))
        : state.anyElement;
      // Other elements must keep their places.
      if (this.#visit(item, next, undefined)) this.#empty(item);
    });
  }

  /** A string that no rule names may hold JSON with fields in it. */
  #visitText(node: JsonScalar, state: PathState): boolean {
    const { start } = node;
    if (!mayStartJson(this.#text.charCodeAt(start + 1))) return false;
    const text = decodeJsonString(this.#raw(node));
    if (!looksLikeJson(text) || state.mentions.areMissing(text)) return false;
    const edits = findJsonEdits(text, state, this.#replace, this.#level + 1);
    if (edits !== undefined) {
      if (edits.length > 0) this.#putInside(node, edits);
      return false;
    }
    const rule = state.mentions.ruleNamedIn(text);
    return rule !== undefined && this.#put(node, text, this.#replace(text, rule));
  }

  #putInside({ start, end }: JsonScalar, edits: readonly TextEdit[]): void {
    const decoded = new DecodedText(this.#text.slice(start + 1, end - 1));
    for (const edit of edits) this.edits.push(editInString(edit, decoded, start + 1));
  }

  #replaceScalar(node: JsonScalar, value: string, state: PathState, key: string | undefined): boolean {
    const { rule } = state;
    if (rule === undefined || (!state.isNamed && node.kind === 'string' && namesAKind(key, value))) return false;
    return this.#put(node, value, this.#replace(value, rule));
  }

  #put(node: JsonScalar, value: string, replacement: string | typeof REMOVE_FIELD): boolean {
    if (replacement === REMOVE_FIELD) return true;
    if (replacement !== value) {
      this.edits.push({ start: node.start, end: node.end, text: JSON.stringify(replacement) });
    }
    return false;
  }

  #empty({ start, end }: JsonNode): void {
    this.edits.push({ start, end, text: '""' });
  }

  #raw({ start, end }: JsonNode): string {
    return this.#text.slice(start, end);
  }
}

/** Whether a raw string that begins with this character may hold JSON: a bracket, an escape or some white space. */
function mayStartJson(code: number): boolean {
  if (code > 0x7f) return /[\s\ufeff]/.test(String.fromCharCode(code));
  return code === 0x5b || code === 0x7b || code === 0x5c || code === 0x20;
}

/** An element of an array in a JSON text; also one that is a string with an object in it. */
class JsonElement implements ArrayElement {
  readonly #text: string;
  readonly #node: JsonNode;

  constructor(
    text: string,
    node: JsonNode,
    readonly index: number,
    readonly count: number,
  ) {
    this.#text = text;
    this.#node = node;
  }

  hasMember(name: string, matches: (value: string) => boolean): boolean {
    return jsonHasMember(this.#text, this.#node, name, matches);
  }
}

function jsonHasMember(text: string, node: JsonNode, name: string, matches: (value: string) => boolean): boolean {
  if (node.kind === 'string') return textHasMember(decodeJsonString(text.slice(node.start, node.end)), name, matches);
  if (node.kind !== 'object') return false;
  return node.members.some(({ key, value }) => {
    if (foldCase(key) !== name || value.kind === 'object' || value.kind === 'array') return false;
    const raw = text.slice(value.start, value.end);
    return matches(value.kind === 'string' ? decodeJsonString(raw) : raw);
  });
}

/** Whether the text is that of a JSON object with such a member. */
export function textHasMember(text: string, name: string, matches: (value: string) => boolean): boolean {
  if (!looksLikeJson(text)) return false;
  const root = parseJsonTree(text);
  return root !== undefined && root.kind === 'object' && jsonHasMember(text, root, name, matches);
}
