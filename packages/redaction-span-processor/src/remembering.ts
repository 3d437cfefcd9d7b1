/** Most answers that are kept; should there be more, it begins anew. */
const MAX_KNOWN = 1000;

/** A function that gives the same answers and works each out once: of few names there are many. */
export function remembering<T>(answer: (name: string) => T): (name: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found.answer;
    if (known.size === MAX_KNOWN) known.clear();
    const own = answer(name);
    known.set(copyOf(name), { answer: own });
    return own;
  };
}

/** The same string, but no part of another one: that would be kept as a whole as long as its part is. */
function copyOf(name: string): string {
  return Buffer.from(name, 'utf16le').toString('utf16le');
}
