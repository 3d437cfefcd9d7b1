// What an operation is. The table is written once, against whichever client and mode it is given.

/**
 * @typedef {object} Operation
 * @property {string} name
 * @property {number | Record<number, number> | null} spans - How many GenAI spans it must leave: one for each call of the client, however it is
 *   made; `null` when no call comes about, and both none and a failed one are right; by major
 *   where the client's helper makes more calls in one than in another.
 * @property {readonly number[]} majors - The majors of the client that can do it.
 * @property {boolean} endsWhenCollected - Whether it lets go of something it has not read, so that only garbage
 *   collection can tell that nobody will.
 * @property {(bench: import('./bench.mjs').Bench) => Promise<unknown>} run - Returns all the caller could see.
 */

const ALL_MAJORS = [4, 5, 6, 7];

/** @returns {Operation} */
export function operation(name, { spans = 1, majors = ALL_MAJORS, endsWhenCollected = false }, run) {
  return { name, spans, majors, endsWhenCollected, run };
}

/** The majors since 5: what 4 does not have, or has in a shape of its own. */
export const SINCE_5 = [5, 6, 7];

/** Stands in every prompt, so that a leak of content is one search. */
export const PROMPT_MARK = 'capital-of-which-secret-country';

export const MESSAGES = [
  { role: 'system', content: `Answer briefly. ${PROMPT_MARK}` },
  { role: 'user', content: `What is the ${PROMPT_MARK}?` },
];

export const WEATHER_TOOL = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: `Tells the weather. ${PROMPT_MARK}`,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' } },
      required: ['city', 'days'],
      additionalProperties: false,
    },
    strict: true,
  },
};

export const TIME_TOOL = {
  type: 'function',
  function: { name: 'get_time', parameters: { type: 'object', properties: { zone: { type: 'string' } } } },
};
