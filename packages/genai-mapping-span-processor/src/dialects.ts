import type { Dialect } from './dialect.js';
import { genai } from './dialects/genai.js';

/** All dialects, in the order in which they are recognised; a span can speak several. A new dialect is one line here. */
export const DIALECTS: readonly Dialect[] = [genai];
