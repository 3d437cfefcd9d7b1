/** As in a process in which nothing was said yet. */
export function forgetWarnings(): void {
  const holder = globalThis as { [key: symbol]: unknown };
  delete holder[Symbol.for('genspan.genai-context.warned')];
}
