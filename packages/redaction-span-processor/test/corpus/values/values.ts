import type { Random } from '../random.js';

/** Makes one value. */
export type MakeValue = (random: Random) => string;

/** The ways to make one kind of value; `any` is what a placeholder without a variant means. */
export type Values = Readonly<Record<string, MakeValue>> & { readonly any: MakeValue };
