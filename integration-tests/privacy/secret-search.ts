/** What can be searched for. */
export interface SearchedSecret {
  /** The pieces to search for, of at least 12 characters each. */
  readonly pieces: readonly string[];
}

/** A place in exported bytes where a secret was found. */
export interface Finding<Secret> {
  readonly secret: Secret;
  /** How it was written there. */
  readonly form: string;
  /** Which bytes. */
  readonly source: string;
  /** The bytes around it, as text. */
  readonly excerpt: string;
}

interface Needle<Secret> {
  readonly secret: Secret;
  readonly form: string;
  readonly text: string;
}

/** Every form has at least this many bytes: what is shorter would be found by chance. */
const MIN_LENGTH = 12;

/** Each way in which a text may be written in what leaves, by name. All are bytes, one character each. */
const FORMS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'as is': (text) => [text],
  json: (text) => [inJson(text)],
  'json in json': (text) => [inJson(inJson(text))],
  'json in json in json': (text) => [inJson(inJson(inJson(text)))],
  ascii: (text) => [inJson(text).replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)],
  'in quotes': (text) => [inQuotes(text), inQuotes(inJson(text))],
  url: (text) => [encodeURIComponent(text), encodeURI(text), new URLSearchParams([['', text]]).toString().slice(1)],
  base64: inBase64,
  base64url: (text) => inBase64(text).map((form) => form.replace(/\+/g, '-').replace(/\//g, '_')),
  hex: (text) => [Buffer.from(text).toString('hex')],
  'lower case': (text) => [text.toLowerCase()],
};

/** As the console shows strings. */
function inQuotes(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Wherever it stands in longer data: at each of the three offsets, without the characters that it shares. */
function inBase64(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(' '.repeat(offset) + text).toString('base64');
    const isPadded = encoded.endsWith('=');
    const start = offset === 0 ? 0 : offset + 1;
    return encoded.slice(start, isPadded ? encoded.indexOf('=') - 1 : undefined);
  });
}

/** Searches bytes for any of many secrets in any of their forms, in one pass. */
export class SecretSearch<Secret extends SearchedSecret> {
  /** By their first bytes. */
  readonly #needles = new Map<string, Needle<Secret>[]>();
  /** Whether any needle starts with these two bytes. */
  readonly #starts = new Uint8Array(1 << 16);

  constructor(secrets: Iterable<Secret>) {
    for (const secret of secrets) this.#add(secret);
  }

  /** Every secret in the bytes, at most once in each form. */
  findIn(source: string, bytes: Buffer): Finding<Secret>[] {
    const hay = bytes.toString('latin1');
    const found = new Map<Needle<Secret>, Finding<Secret>>();
    for (let at = 0; at + MIN_LENGTH <= bytes.length; at++) {
      if (this.#starts[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] !== 1) continue;
      for (const needle of this.#needles.get(hay.slice(at, at + MIN_LENGTH)) ?? []) {
        if (found.has(needle) || !hay.startsWith(needle.text, at)) continue;
        const { secret, form, text } = needle;
        const excerpt = bytes.subarray(Math.max(at - 80, 0), at + text.length + 20).toString();
        found.set(needle, { secret, form, source, excerpt });
      }
    }
    return [...found.values()];
  }

  #add(secret: Secret): void {
    const texts = new Set<string>();
    for (const piece of secret.pieces) {
      for (const [form, write] of Object.entries(FORMS)) {
        for (const written of write(piece)) {
          const text = Buffer.from(written).toString('latin1');
          if (texts.has(text)) continue;
          texts.add(text);
          if (text.length < MIN_LENGTH)
            throw new RangeError(`Expected forms of 12 bytes and more, got ${form}: ${text}`);
          this.#index({ secret, form, text });
        }
      }
    }
  }

  #index(needle: Needle<Secret>): void {
    const { text } = needle;
    const start = text.slice(0, MIN_LENGTH);
    const same = this.#needles.get(start);
    if (same === undefined) this.#needles.set(start, [needle]);
    else same.push(needle);
    this.#starts[(text.charCodeAt(0) << 8) | text.charCodeAt(1)] = 1;
  }
}
