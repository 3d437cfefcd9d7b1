import type { Dialect } from './dialect.js';
import { braintrust } from './dialects/braintrust.js';
import { genai } from './dialects/genai.js';
import { genai127 } from './dialects/genai-1.27.js';
import { genai130 } from './dialects/genai-1.30.js';
import { genai136 } from './dialects/genai-1.36.js';
import { genai141 } from './dialects/genai-1.41.js';
import { langfuse } from './dialects/langfuse.js';
import { openinference } from './dialects/openinference.js';
import { openllmetry } from './dialects/openllmetry.js';
import { vercel } from './dialects/vercel.js';

/**
 * All dialects, in the order in which they are read: a span can speak several, and the first that says something is believed.
 * What was written in the current conventions comes first, but for what a dialect has to mend in it; their older versions come
 * last, because others write these beside their own names. A new dialect is one line here.
 */
// prettier-ignore
export const DIALECTS: readonly Dialect[] = [
  genai,
  langfuse,
  openinference,
  braintrust,
  vercel,
  openllmetry,
  genai127,
  genai130,
  genai136,
  genai141,
];
