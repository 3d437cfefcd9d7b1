import { DecodedText } from './decoded-text.js';
import type { JsonNode, JsonScalar } from './json-node.js';
import { parseJsonTree } from './json-tree.js';

/** A part of a message, and where its text is in the joined one and in the raw JSON. */
export interface TextPart {
  /** Index in the joined text. */
  readonly start: number;
  readonly end: number;
  /** Where the characters from `start` to `end`, counted in the joined text, are in the raw text. */
  readonly raw: (start: number, end: number) => readonly [start: number, end: number];
}

/** The texts of parts that follow each other, joined to what their reader sees. */
export interface JoinedText {
  readonly text: string;
  readonly parts: readonly TextPart[];
}

/** Behind a text part: the begin of the next one, of which the type, if that comes first, says that it is one, too. */
const NEXT_PART = /,\s{0,99}\{\s{0,99}"(?:text|content|type(?="\s{0,99}:\s{0,99}"[^"]{0,99}text))"/y;

/** Whether a JSON text may have parts of a message that follow each other. */
export function mayHaveParts(text: string): boolean {
  // A `}` is much rarer than what else is there.
  for (let at = text.indexOf('}'); at !== -1; at = text.indexOf('}', at + 1)) {
    let next = at + 1;
    while (isSpace(text.charCodeAt(next))) next++;
    if (text.charCodeAt(next) !== 44) continue;
    NEXT_PART.lastIndex = next;
    if (NEXT_PART.test(text)) return true;
  }
  return false;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** The joined texts of a JSON text: one for each run of two or more text parts in an array. */
export function joinedTexts(text: string): JoinedText[] {
  const root = parseJsonTree(text);
  const joined: JoinedText[] = [];
  if (root !== undefined) visit(root);
  return joined;

  function visit(node: JsonNode): void {
    if (node.kind === 'object') for (const { value } of node.members) visit(value);
    if (node.kind !== 'array') return;
    let run: JsonScalar[] = [];
    for (const item of node.items) {
      const own = textOf(item, text);
      if (own !== undefined) run.push(own);
      else run = flush(run);
      visit(item);
    }
    flush(run);
  }

  function flush(run: readonly JsonScalar[]): JsonScalar[] {
    if (run.length > 1) joined.push(join(run, text));
    return [];
  }
}

function join(nodes: readonly JsonScalar[], text: string): JoinedText {
  let whole = '';
  const parts = nodes.map((node): TextPart => {
    const first = node.start + 1;
    const decoded = new DecodedText(text.slice(first, node.end - 1));
    const start = whole.length;
    whole += decoded.text;
    const raw: TextPart['raw'] = (from, to) => [
      first + decoded.rawStart(from - start),
      first + decoded.rawEnd(to - start),
    ];
    return { start, end: whole.length, raw };
  });
  return { text: whole, parts };
}

/** The text of a part of a message: of the GenAI conventions (`content`) or of a provider (`text`). */
function textOf(node: JsonNode, text: string): JsonScalar | undefined {
  if (node.kind !== 'object') return undefined;
  const type = node.members.find(({ key }) => key === 'type')?.value;
  if (type?.kind !== 'string' || !/text/.test(text.slice(type.start, type.end))) return undefined;
  const own = node.members.find(({ key, value }) => (key === 'content' || key === 'text') && value.kind === 'string');
  return own?.value.kind === 'string' ? own.value : undefined;
}
