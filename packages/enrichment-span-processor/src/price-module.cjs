'use strict';
// CommonJS in both builds: an ES module could load a dependency of its own in the background only, or at once for
// everyone who imports this package; and `require` from here finds it in every layout of node_modules, and in bundles.
// Node's own modules are not required: a bundle of ES modules could not.

/**
 * Loads the table of public prices: 70 ms and 20 MB, once per process.
 *
 * @returns {typeof import('@pydantic/genai-prices', { with: { 'resolution-mode': 'require' } })}
 */
exports.requirePriceModule = function requirePriceModule() {
  return require('@pydantic/genai-prices');
};

/**
 * The version of the installed table; `undefined` where it is not on disk, as in a bundle.
 *
 * @returns {unknown}
 */
exports.readPriceModuleVersion = function readPriceModuleVersion() {
  try {
    // Not `require`: the package exports its code only.
    const { join } = process.getBuiltinModule('node:path');
    const file = join(require.resolve('@pydantic/genai-prices'), '..', '..', 'package.json');
    return JSON.parse(process.getBuiltinModule('node:fs').readFileSync(file, 'utf8')).version;
  } catch {
    return undefined;
  }
};
