// Everything that is tried, by name: `{ promise, run(context) }`. `run` gets `{ folder, short, seed }` and gives `Findings`.

import { DISKS } from './scenarios/disks.mjs';
import { ENDS } from './scenarios/ends.mjs';
import { KILLS } from './scenarios/kills.mjs';
import { ODD_ANSWERS } from './scenarios/odd-answers.mjs';
import { OUTAGES } from './scenarios/outages.mjs';
import { REFUSALS } from './scenarios/refusals.mjs';
import { SOAK } from './scenarios/soak.mjs';

export const SCENARIOS = { ...REFUSALS, ...OUTAGES, ...ENDS, ...KILLS, ...DISKS, ...ODD_ANSWERS, ...SOAK };
