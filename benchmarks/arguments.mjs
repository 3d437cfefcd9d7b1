// The few switches the benchmarks share.

import { parseArgs } from 'node:util';
import { VARIANTS } from './load-variants.mjs';

/** @returns `{ rounds, variants, clock, positionals }`; an unknown variant or a bad number ends the process with a sentence */
export function readArguments(defaultRounds) {
  const { values, positionals } = parseArgs({
    options: { rounds: { type: 'string' }, variants: { type: 'string' }, clock: { type: 'string', default: 'cpu' } },
    allowPositionals: true,
  });
  const rounds = Number(values.rounds ?? defaultRounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    exit(`Expected \`--rounds\` to be a whole number from 1, got \`${values.rounds}\``);
  const variants = values.variants?.split(',') ?? VARIANTS;
  for (const id of [...variants, ...positionals]) {
    if (!VARIANTS.includes(id)) exit(`Expected a variant (${VARIANTS.join(', ')}), got \`${id}\``);
  }
  const { clock } = values;
  if (clock !== 'cpu' && clock !== 'wall') exit(`Expected \`--clock\` to be cpu or wall, got \`${clock}\``);
  return { rounds, variants, clock, positionals };
}

function exit(message) {
  console.error(message);
  process.exit(1);
}
