/**
 * What is there wherever there is something to find: a few characters in a row, and for each of them those that it can be.
 */
export interface Clue {
  readonly places: readonly string[];
  /** Index in `places` of the character that is looked at; negative for one in front of them. */
  readonly at: number;
}

/** A clue that is this text. */
export function literal(text: string, at = 0): Clue {
  return { places: [...text], at };
}

/** A clue of several characters for each place. */
export function clue(places: readonly string[], at = 0): Clue {
  return { places, at };
}

/** Any character but these; also what is in front of a text. */
export function not(characters: string): string {
  return `^${characters}`;
}

/** Whether a character can be in a place. */
export function fits(character: string, place: string): boolean {
  return isNegated(place) ? !place.includes(character, 1) : place.includes(character);
}

export function isNegated(place: string): boolean {
  return place.length > 1 && place.startsWith('^');
}

export const DIGITS = '0123456789';
export const SMALL_LETTERS = 'abcdefghijklmnopqrstuvwxyz';
export const LETTERS = SMALL_LETTERS + SMALL_LETTERS.toUpperCase();

/** Three characters in a row by which a clue is noticed; '' for one that is in front of or behind its places. */
export interface CluePart {
  /** Index in the clue's places of the first one; -1 for the one in front of them. */
  readonly from: number;
  readonly places: readonly [string, string, string];
}

/** The rarest part of a clue in texts as people write them. */
export function rarestPart(places: readonly string[]): CluePart {
  const placeAt = (index: number): string => places[index] ?? '';
  const parts = Array.from({ length: Math.max(places.length, 2) }, (_, index): CluePart => {
    const from = index - 1;
    return { from, places: [placeAt(from), placeAt(from + 1), placeAt(from + 2)] };
  });
  return parts.reduce((best, part) => (frequency(part) < frequency(best) ? part : best));
}

/** How often one of the two pairs of the part is to be expected. */
function frequency({ places: [first, second, third] }: CluePart): number {
  return frequencyOf(second) * (frequencyOf(first) + frequencyOf(third));
}

/** From the most frequent to the least. */
const FREQUENT = ' etaoinshrdlucmfwypgvbk.,-:/"_=jxqz';
/** About how many of 1,000 characters are the most frequent one; each of the others is a little rarer than the one before. */
const MOST_FREQUENT = 120;
/** How many are one that is not among them. */
const RARE = 2;

function frequencyOf(place: string): number {
  if (place === '' || isNegated(place)) return 1000;
  let sum = 0;
  for (const character of place) {
    const rank = FREQUENT.indexOf(character);
    sum += rank === -1 ? RARE : MOST_FREQUENT * 0.87 ** rank;
  }
  return sum;
}
