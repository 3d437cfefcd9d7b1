/**
 * What a tool replaced, told from what it made of a text: for tools that do not say where their matches are.
 *
 * @param mark what the tool puts in place of a match
 */
export function matchesOfRedacted(text, redacted, mark) {
  const kept = redacted.split(mark);
  const matches = [];
  let end = kept[0].length;
  if (!text.startsWith(kept[0])) return [{ detector: undefined, start: 0, end: text.length }];
  for (const [i, piece] of kept.entries()) {
    if (i === 0) continue;
    // The last piece ends the text; each other one begins at the first place it can.
    const start = end;
    const next = i === kept.length - 1 ? text.length - piece.length : text.indexOf(piece, start + 1);
    if (next < start || !text.startsWith(piece, next))
      return [...matches, { detector: undefined, start, end: text.length }];
    matches.push({ detector: undefined, start, end: next });
    end = next + piece.length;
  }
  return matches.filter((match) => match.end > match.start);
}
