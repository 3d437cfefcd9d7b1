// The few switches the benchmarks share.

import { parseArgs } from 'node:util';

/**
 * @param rounds - default of `--rounds`
 * @param variants - ids that `--variants` may name, all of them by default
 * @param numbers - further switches and their defaults, whole numbers from 1
 * @returns `{ rounds, variants, clock, positionals }` and one number for each of `numbers`; an unknown variant or a bad
 *   number ends the process with a sentence
 */
export function readArguments({ rounds, variants: known, numbers = {} }) {
  const defaults = { rounds, ...numbers };
  const { values, positionals } = parse({
    ...Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' }])),
    variants: { type: 'string' },
    clock: { type: 'string', default: 'cpu' },
  });
  const counts = Object.entries(defaults).map(([name, fallback]) => [name, count(name, values[name] ?? fallback)]);
  const variants = values.variants?.split(',') ?? known;
  for (const id of [...variants, ...positionals]) {
    if (!known.includes(id)) exit(`Expected a variant (${known.join(', ')}), got \`${id}\``);
  }
  const { clock } = values;
  if (clock !== 'cpu' && clock !== 'wall') exit(`Expected \`--clock\` to be cpu or wall, got \`${clock}\``);
  return { variants, clock, positionals, ...Object.fromEntries(counts) };
}

function parse(options) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return exit(error.message);
  }
}

function count(name, value) {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    exit(`Expected \`--${name}\` to be a whole number from 1, got \`${value}\``);
  return number;
}

function exit(message) {
  console.error(message);
  process.exit(1);
}
