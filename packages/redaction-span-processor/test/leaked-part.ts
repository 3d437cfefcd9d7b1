/** Shortest and longest piece of a secret that is looked for; of short secrets half. */
const MIN_PIECE = 4;
const MAX_PIECE = 8;
const MAX_DEPTH = 8;

/**
 * A piece of one of the secrets that can be read from `value`, or `undefined`. Strings are read as they are, as JSON (whole or
 * broken, at any depth) and as parts of a URL; texts that follow each other are also read as one.
 */
export function leakedPart(value: unknown, secrets: readonly string[]): string | undefined {
  const texts = new Set<string>();
  collect(value, texts, 0);
  for (const secret of secrets.flatMap((text) => [text, decodeUrl(text)])) {
    const length = Math.max(MIN_PIECE, Math.min(MAX_PIECE, Math.ceil(secret.length / 2)));
    for (let at = 0; at + length <= secret.length; at++) {
      const piece = secret.slice(at, at + length);
      for (const text of texts) if (text.includes(piece)) return `${piece} of ${secret} in ${text}`;
    }
  }
  return undefined;
}

function collect(value: unknown, texts: Set<string>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (typeof value === 'string') return collectText(value, texts, depth);
  if (typeof value === 'number') return void texts.add(String(value));
  if (value instanceof Uint8Array) return collectText(Buffer.from(value).toString('utf8'), texts, depth);
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Map) return collect([...value], texts, depth + 1);
  if (Array.isArray(value)) texts.add(value.map(textOf).join(''));
  for (const [key, member] of Object.entries(value)) {
    collectText(key, texts, depth + 1);
    collect(member, texts, depth + 1);
  }
}

function collectText(text: string, texts: Set<string>, depth: number): void {
  if (texts.has(text)) return;
  texts.add(text);
  for (const decoded of [decodeEscapes(text), decodeUrl(text)]) {
    if (decoded !== text && depth < MAX_DEPTH) collectText(decoded, texts, depth + 1);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed !== text) collect(parsed, texts, depth + 1);
  } catch {
    // No JSON.
  }
}

/** The text of a part of a message, or of what a list holds. */
function textOf(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null) return '\n';
  const { content, text } = part as { content?: unknown; text?: unknown };
  return typeof content === 'string' ? content : typeof text === 'string' ? text : '\n';
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function decodeEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([^u]))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (ESCAPED[letter ?? ''] ?? letter ?? '') : String.fromCharCode(parseInt(hex, 16)),
  );
}

function decodeUrl(text: string): string {
  return text.replace(/%([0-7][0-9a-fA-F])/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
