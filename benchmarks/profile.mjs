// Where the time of a variant goes: the functions with the most time of their own, in microseconds per call.
// node benchmarks/profile.mjs <variant> [--case chat|chat with tools|short stream|long stream] [--calls 20000] [--top 40]

import { parseArgs } from 'node:util';
import { formatProfile, profileOf } from './cpu-profile.mjs';
import { loadVariants, VARIANTS } from './load-variants.mjs';
import { complete, readStream } from './operations.mjs';
import { CASES } from './payloads.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    case: { type: 'string', default: 'chat' },
    calls: { type: 'string', default: '20000' },
    top: { type: 'string', default: '40' },
  },
});
const [id] = positionals;
const chosen = CASES[values.case];
if (!VARIANTS.includes(id) || chosen === undefined) {
  console.error(`Expected a variant (${VARIANTS.join(', ')}) and a case (${Object.keys(CASES).join(', ')})`);
  process.exit(1);
}
const calls = Number(values.calls);
const operation = chosen.json === undefined ? readStream : complete;
const [variant] = await loadVariants([id]);
if (variant.missing) {
  console.error(`${variant.name} is not built: run npm run build`);
  process.exit(1);
}
variant.answer(chosen);

async function run(times) {
  for (let i = 0; i < times; i++) {
    await operation(variant, chosen.params);
    if (i % 256 === 255) await variant.flush();
  }
}

await run(Math.min(5000, calls));
const profile = await profileOf(() => run(calls));
console.log(`${variant.name}, ${values.case}, ${calls} calls, Node ${process.version}\n`);
console.log(formatProfile(profile, { unit: 'call', count: calls, top: Number(values.top) }));
process.exit(0); // some peers keep timers
