/** What payload limits did so far. */
// No interface: that would be no record of numbers.
export type PayloadStats = {
  /** Values that were cut because of `maxValueBytes`, or messages in them because of `maxMessageBytes`. */
  readonly truncatedValues: number;
  /** Bytes in UTF-8 that all limits took away; less is possible where a note is longer than what it stands for. */
  readonly bytesCut: number;
  /** Messages and other entries of lists that were dropped. */
  readonly droppedMessages: number;
  /** Images, audio and files that became a note. */
  readonly replacedBlobs: number;
  /** Embeddings that became their length. */
  readonly replacedVectors: number;
  /** Values that became `[EXCLUDED]`. */
  readonly excludedValues: number;
  /** Attributes that were removed as they hold content that is not to be captured. */
  readonly removedAttributes: number;
};

/** The same, counting. */
export type PayloadCounts = { -readonly [K in keyof PayloadStats]: PayloadStats[K] };

/** Counts of nothing. */
export function emptyPayloadCounts(): PayloadCounts {
  return {
    truncatedValues: 0,
    bytesCut: 0,
    droppedMessages: 0,
    replacedBlobs: 0,
    replacedVectors: 0,
    excludedValues: 0,
    removedAttributes: 0,
  };
}
