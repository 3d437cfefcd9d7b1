import { expectNonEmptyString, OptionError } from '@genspan/span-processor-base';
import { matchesGlob } from './glob.js';

/** Longest key that may be named; an attribute key is far shorter. */
const MAX_NAME_LENGTH = 1_024;

/**
 * Makes a test of what `allowKeys` names: keys character by character, and ones with `*` for any characters, dots too.
 * Case counts. No keys: nothing is named.
 *
 * @param option - the option's name in messages
 * @defaultValue `option`: `allowKeys`
 * @throws OptionError unless `keys` is an array of strings of 1 to 1,024 characters without white space around them.
 */
export function compileAllowKeys(keys: readonly string[], option = 'allowKeys'): (key: string) => boolean {
  const exact = new Set<string>();
  const globs: string[] = [];
  if (!Array.isArray(keys)) throw new OptionError(option, 'to be an array of strings', keys);
  keys.forEach((key: unknown, index) => {
    const name = expectNonEmptyString(`${option}[${index}]`, key);
    if (name.trim() !== name) throw new OptionError(`${option}[${index}]`, 'to have no white space around it', name);
    if (name.length > MAX_NAME_LENGTH) {
      throw new OptionError(`${option}[${index}]`, `to have at most ${MAX_NAME_LENGTH} characters`, name);
    }
    if (name.includes('*')) globs.push(name.replace(/\*+/g, '*'));
    else exact.add(name);
  });
  return (key) => exact.has(key) || globs.some((glob) => matchesGlob(glob, key));
}
