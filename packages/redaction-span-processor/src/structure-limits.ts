/** How deep a value may be nested: less than any exporter's recursion goes with a small stack, and more than anyone logs. */
export const MAX_DEPTH = 100;

/** How many parts a value may have, also one that is small but refers to its parts many times over. */
export const MAX_VALUES = 1_000_000;
