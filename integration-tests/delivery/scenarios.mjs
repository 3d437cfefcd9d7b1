// Everything that is tried, by name: `{ promise, run(context) }`. `run` gets `{ folder, short, seed }` and gives `Findings`.

import { DISKS } from './scenarios/disks.mjs';
import { ENDS } from './scenarios/ends.mjs';
import { KILLS } from './scenarios/kills.mjs';
import { ODD_ANSWERS } from './scenarios/odd-answers.mjs';
import { OUTAGES } from './scenarios/outages.mjs';
import { REFUSALS } from './scenarios/refusals.mjs';
import { SOAK } from './scenarios/soak.mjs';

/** What goes wrong: the receiver, or the machine and the process on it. */
export const GROUPS = {
  receiver: { ...REFUSALS, ...OUTAGES, ...ODD_ANSWERS },
  process: { ...ENDS, ...KILLS, ...DISKS, ...SOAK },
};

export const SCENARIOS = { ...GROUPS.receiver, ...GROUPS.process };
