import { findAmbiguity } from './pattern/ambiguity.js';
import type { Ambiguity } from './pattern/ambiguity.js';
import { parseRegExp } from './pattern/parse-regexp.js';
import type { PositionAutomaton } from './pattern/position-automaton.js';
import { buildPositions } from './pattern/position-automaton.js';
import { buildSearch } from './pattern/search-automaton.js';
import { findTail } from './pattern/tail.js';
import { UndecidedError } from './pattern/undecided.js';
import { worstStepsPerCharacter } from './pattern/work-bound.js';

/** What a pattern is used for: to find all matches in a text, or to tell whether it matches a text from start to end. */
export type PatternUse = 'find' | 'whole';

/** Steps that one character of a text may cost. A step takes some nanoseconds: at the worst 1 MB is read in a second. */
export const MAX_STEPS_PER_CHARACTER = 256;

/**
 * Why `pattern` may take more than linear time on some text: the end of a sentence that begins with "The pattern". What
 * cannot be decided counts as dangerous.
 *
 * @returns `undefined` when it takes linear time on every text.
 */
export function explainDanger(pattern: RegExp, use: PatternUse): string | undefined {
  try {
    const automaton = buildPositions(parseRegExp(pattern));
    const tail = use === 'find' ? findTail(automaton) : { closed: new Set<number>(), steps: 0 };
    const states = buildSearch(automaton, tail.closed, use === 'find');
    const ambiguity = findAmbiguity(states);
    if (ambiguity !== undefined) return describe(ambiguity, automaton);
    const steps = Math.max(tail.steps, worstStepsPerCharacter(states, MAX_STEPS_PER_CHARACTER));
    if (steps <= MAX_STEPS_PER_CHARACTER) return undefined;
    return `can take more than ${MAX_STEPS_PER_CHARACTER} steps for each character; make its repetitions shorter or fewer`;
  } catch (error) {
    if (error instanceof UndecidedError) return error.message;
    // Nested more deeply than the stack goes, for one.
    return 'cannot be checked; make it simpler';
  }
}

function describe(ambiguity: Ambiguity, { positions }: PositionAutomaton): string {
  const loops = positions[ambiguity.position]?.loops;
  const loop = quote(loops?.at(-1));
  switch (ambiguity.kind) {
    case 'exponential':
      return `can match the same text in exponentially many ways in ${quote(loops?.[0])}; let only one repetition match it`;
    case 'overlap':
      return (
        `can divide the same text between ${quote(positions[ambiguity.before ?? 0]?.loops.at(-1))} and ${loop} in many ` +
        'ways; bound them, as in {1,64}, or let them match different characters'
      );
    case 'restart':
      return (
        `can begin anywhere in what ${loop} reads, and read it again each time; bound the repetition, as in {1,64}, ` +
        'or let the pattern begin with \\b or with what the repetition does not match'
      );
  }
}

/** Patterns are the application's own, but a message stays readable. */
function quote(loop: string | undefined): string {
  if (loop === undefined) return 'a repetition';
  return `\`${loop.length > 40 ? `${loop.slice(0, 39)}…` : loop}\``;
}
