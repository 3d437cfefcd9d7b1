// Secrets for an application that talks to the test server, where answers and errors are not ours to choose.
import places from './fixtures/places.cjs';
import planted from './planted-secrets.cjs';

/**
 * Secrets of each kind for each place.
 *
 * @param {{ withMaps?: boolean }} [options] whether spans can hold maps: from SDK 3 on
 */
export function planOf({ withMaps = false } = {}) {
  const { PLACES, PLACES_OF_SDK_3, ANSWER, ERROR } = places;
  const wanted = PLACES.filter((place) => place !== ANSWER && place !== ERROR);
  return planted.plantSecrets([...wanted, ...(withMaps ? PLACES_OF_SDK_3 : [])]);
}

/**
 * The secrets of which a piece has left, by kind and place.
 *
 * @param {(piece: string) => boolean} hasLeft
 */
export function leaksIn(secrets, hasLeft) {
  return secrets.filter(({ pieces }) => pieces.some(hasLeft)).map(({ shape, place }) => `${shape} in ${place}`);
}
