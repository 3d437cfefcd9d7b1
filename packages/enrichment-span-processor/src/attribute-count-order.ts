import { messagePlaceOf, RANK, rankOf } from './attribute-count-rank.js';
import type { MessagePlace } from './attribute-count-rank.js';

interface Candidate {
  readonly key: string;
  readonly place: MessagePlace | undefined;
  readonly rank: number;
  /** Within a rank: of a message its place, and else from the attribute on that was set last. */
  readonly order: number;
}

/**
 * The keys to drop so that at most `room` attributes stay, the least important first. All fields of a message go together, which may
 * make it a few more.
 */
export function keysToDrop(attributes: Readonly<Record<string, unknown>>, room: number): readonly string[] {
  const candidates = candidatesOf(attributes);
  candidates.sort((left, right) => right.rank - left.rank || left.order - right.order);
  const excess = candidates.length - room;
  let count = Math.max(0, excess);
  while (count > 0 && isSameMessage(candidates[count - 1], candidates[count])) count += 1;
  return candidates.slice(0, count).map(({ key }) => key);
}

function candidatesOf(attributes: Readonly<Record<string, unknown>>): Candidate[] {
  const keys = Object.keys(attributes);
  const places = keys.map(messagePlaceOf);
  const lastOf = new Map<string, number>();
  for (const place of places) {
    if (place !== undefined) lastOf.set(place.list, Math.max(place.index, lastOf.get(place.list) ?? 0));
  }
  return keys.map((key, index) => {
    const place = places[index];
    if (place === undefined) return { key, place, rank: rankOf(key, attributes[key]), order: -index };
    const isOuter = place.index === 0 || place.index === lastOf.get(place.list);
    return { key, place, rank: isOuter ? RANK.outerMessage : RANK.middleMessage, order: place.index };
  });
}

function isSameMessage(left: Candidate | undefined, right: Candidate | undefined): boolean {
  if (left?.place === undefined || right?.place === undefined) return false;
  return left.place.index === right.place.index && left.rank === right.rank;
}
