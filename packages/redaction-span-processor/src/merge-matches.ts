import type { RedactionMatch } from './redaction-match.js';

/**
 * Matches in the order of the text, those that overlap as one, so that nothing of either stays and nothing between two is
 * lost. It is named after the longest; of equal ones after the one that knows best what it is, which is not a field's name.
 */
export function mergeMatches(matches: readonly RedactionMatch[]): readonly RedactionMatch[] {
  if (matches.length < 2) return matches;
  const sorted = matches.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const merged: RedactionMatch[] = [];
  let current = sorted[0];
  if (current === undefined) return merged;
  let namedBy = current;
  for (const match of sorted.slice(1)) {
    if (match.start >= current.end) {
      merged.push(current);
      current = namedBy = match;
      continue;
    }
    if (isBetterName(match, namedBy)) namedBy = match;
    current = { detector: namedBy.detector, start: current.start, end: Math.max(current.end, match.end) };
  }
  merged.push(current);
  return merged;
}

function isBetterName(match: RedactionMatch, than: RedactionMatch): boolean {
  const longer = match.end - match.start - (than.end - than.start);
  return longer > 0 || (longer === 0 && knowledgeOf(match) > knowledgeOf(than));
}

/** How well a detector knows what it finds: least if it goes by what is around a value, and little if also by that. */
function knowledgeOf({ detector }: RedactionMatch): number {
  return BY_FIELD.has(detector) ? 0 : ALSO_BY_FIELD.has(detector) ? 1 : 2;
}

const BY_FIELD: ReadonlySet<string> = new Set(['secret_field', 'authorization', 'url_credentials']);
const ALSO_BY_FIELD: ReadonlySet<string> = new Set(['aws_secret', 'azure_key', 'twilio_key']);
