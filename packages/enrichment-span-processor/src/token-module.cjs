'use strict';
// CommonJS in both builds, as an ES module cannot load an optional package at once when it is first needed.
// Node's own modules are not required: a bundle of ES modules could not.

/**
 * Finds the optional package `gpt-tokenizer` as this package sees it, then from the application's working directory and its
 * main script. Loads nothing.
 *
 * @returns {((name: string) => unknown) | undefined} loads an export of the package, `GptEncoding`; `undefined` when the
 * package is not installed
 */
exports.findTokenizerModule = function findTokenizerModule() {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { join } = process.getBuiltinModule('node:path');
  const candidates = [() => require, () => createRequire(join(process.cwd(), 'package.json'))];
  const script = process.argv[1];
  if (script !== undefined) candidates.push(() => createRequire(script));
  for (const candidate of candidates) {
    try {
      const load = candidate();
      load.resolve('gpt-tokenizer/GptEncoding');
      return (name) => load(`gpt-tokenizer/${name}`);
    } catch {
      // Not there.
    }
  }
  return undefined;
};
