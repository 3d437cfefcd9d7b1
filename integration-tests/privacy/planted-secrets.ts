/**
 * What a secret looks like. Each shape gets past another kind of check: `text` is free text that every encoding writes
 * differently, `word` looks like a member of an enumeration, `key` like a credential, `id` like an id of the API, and
 * `short` like a password.
 */
export type SecretShape = 'text' | 'word' | 'key' | 'id' | 'short';

export const SECRET_SHAPES: readonly SecretShape[] = ['text', 'word', 'key', 'id', 'short'];

/** A value that must not leave the process. */
export interface PlantedSecret {
  /** Where it was put: `responses.create.0.input[].content[].text`. */
  readonly place: string;
  readonly shape: SecretShape;
  readonly value: string;
  /** The pieces to search for, of at least 12 characters each: a secret that is cut in two is still a secret. */
  readonly pieces: readonly string[];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ID_PREFIXES = ['resp_', 'conv_', 'pmpt_'];

/** Makes a secret for each place that asks for one, the same place getting the same secret. */
export class SecretField {
  readonly #byPlace = new Map<string, PlantedSecret>();

  /** The secret of a place. */
  at(place: string, shape: SecretShape): string {
    const key = `${shape} ${place}`;
    let secret = this.#byPlace.get(key);
    if (secret === undefined) {
      secret = makeSecret(place, shape, this.#byPlace.size);
      this.#byPlace.set(key, secret);
    }
    return secret.value;
  }

  get all(): readonly PlantedSecret[] {
    return [...this.#byPlace.values()];
  }
}

function makeSecret(place: string, shape: SecretShape, index: number): PlantedSecret {
  const [head, tail] = halves(shape, index);
  const value = head + tail;
  return { place, shape, value, pieces: shape === 'short' ? [value] : [head, tail] };
}

function halves(shape: SecretShape, index: number): [head: string, tail: string] {
  const first = letters(index * 2 + 1, 10);
  const second = letters(index * 2 + 2, 10);
  switch (shape) {
    case 'text':
      return [`my "${first}" ü/`, `\\ <${second}> +&`];
    case 'word':
      return index % 2 === 0 ? [`hush_${first}`, `_${second}_x`] : [`HUSH_${first}`.toUpperCase(), `Of${second}`];
    case 'key':
      return [`sk-9${first}-`, `Z7_${second}0`];
    case 'id':
      return [`${ID_PREFIXES[index % ID_PREFIXES.length]}${first}`, `_or_${second}`];
    case 'short':
      return [first, `${second.slice(0, 5)}7`];
  }
}

/** Letters that look random, different for each number. */
function letters(seed: number, length: number): string {
  // Two steps of a linear congruential generator keep neighbours apart; what is left of the seed keeps them unique.
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  let text = '';
  for (let rest = seed; text.length < length - 1;) {
    if (text.length < 5) {
      text += LETTERS[rest % 26] ?? '';
      rest = Math.floor(rest / 26);
    } else {
      state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
      text += LETTERS[Math.floor(state / 2 ** 24) % 26] ?? '';
    }
  }
  return `${text}q`;
}
