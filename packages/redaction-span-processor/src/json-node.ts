/** A value in a JSON text: `start` is the index of its first character, `end` the index behind its last. */
export type JsonNode = JsonScalar | JsonArray | JsonObject;

/** A string (with its quotes), number, `true`, `false` or `null`. */
export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  readonly start: number;
  readonly end: number;
}

/** An array, from `[` to `]`. */
export interface JsonArray {
  readonly kind: 'array';
  readonly start: number;
  readonly end: number;
  readonly items: readonly JsonNode[];
}

/** An object, from `{` to `}`. Members are in the order of the text; a key may occur more than once. */
export interface JsonObject {
  readonly kind: 'object';
  readonly start: number;
  readonly end: number;
  readonly members: readonly JsonMember[];
}

/** A key with its value. */
export interface JsonMember {
  /** The key, decoded. */
  readonly key: string;
  /** Index of the key's first quote. */
  readonly start: number;
  /** Index behind the key's last quote. */
  readonly keyEnd: number;
  readonly value: JsonNode;
}
