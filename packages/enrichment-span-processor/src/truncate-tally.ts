/** What truncation did to a value, added up. */
export interface TruncateTally {
  /** Images, audio and files that became a note. */
  blobs: number;
  /** Messages, and other entries of lists, that were dropped. */
  messages: number;
  /** Embeddings that became their length. */
  vectors: number;
  /** Values that became `[EXCLUDED]`. */
  excluded: number;
}

/** A tally of nothing. */
export function emptyTally(): TruncateTally {
  return { blobs: 0, messages: 0, vectors: 0, excluded: 0 };
}
