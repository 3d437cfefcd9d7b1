/** How many characters in front of a match can say what it is. */
const CONTEXT_LENGTH = 48;

/** What is before `start`, as far as it can say what begins there. */
export function contextBefore(text: string, start: number): string {
  return text.slice(Math.max(0, start - CONTEXT_LENGTH), start);
}
