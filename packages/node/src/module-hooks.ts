import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { diag } from '@opentelemetry/api';
import { describeError } from './diagnostics.js';

/** Modules to be seen when they are imported, and whose hooks see them. */
export interface ImportedModules {
  /** A file from which `@opentelemetry/instrumentation` resolves to the copy that the instrumentations extend. */
  readonly from: string;
  /** Names of modules, and patterns for URLs of files. */
  readonly include: readonly (string | RegExp)[];
}

/**
 * Lets instrumentations see ES modules: `import` goes past the hooks on `require`.
 *
 * Only the modules in `include` are wrapped, because wrapping changes how a module is evaluated. Where Node has hooks
 * that run in the application's thread they are used (22.22.3, 24.11.1, 25.1, 26 and later), elsewhere those of
 * `module.register()`. Hooks and instrumentations must share one copy of import-in-the-middle, so the copy is found
 * through the instrumentations. What fails is one `diag` error; CommonJS is observed all the same.
 */
export function registerModuleHooks(groups: readonly ImportedModules[]): void {
  const includes = new Map<string, (string | RegExp)[]>();
  try {
    for (const { from, include } of groups) {
      const directory = importInTheMiddleOf(from);
      includes.set(directory, [...(includes.get(directory) ?? []), ...include]);
    }
    for (const [directory, include] of includes) {
      if (include.length > 0 && !registerInThread(directory, include)) registerInOwnThread(directory, include);
    }
  } catch (error) {
    diag.error(`ES modules are not observed, CommonJS is: ${describeError(error)}`);
  }
}

function importInTheMiddleOf(from: string): string {
  const instrumentation = nodeModule.createRequire(from).resolve('@opentelemetry/instrumentation');
  return dirname(nodeModule.createRequire(instrumentation).resolve('import-in-the-middle'));
}

/** @returns false where this release of Node, or of import-in-the-middle, has no such hooks. */
function registerInThread(directory: string, include: (string | RegExp)[]): boolean {
  if (!('registerHooks' in nodeModule)) return false;
  try {
    const load = nodeModule.createRequire(__filename);
    const support = load(join(directory, 'supports-sync-hooks.mjs')) as { supportsSyncHooks(): boolean };
    if (!support.supportsSyncHooks()) return false;
    const hooks = load(join(directory, 'register-hooks.mjs')) as {
      register(options: { include: (string | RegExp)[] }): void;
    };
    hooks.register({ include });
    return true;
  } catch (error) {
    diag.debug(`Loader hooks in the application's thread cannot be used: ${describeError(error)}`);
    return false;
  }
}

function registerInOwnThread(directory: string, include: (string | RegExp)[]): void {
  const hooks = pathToFileURL(join(directory, 'hook.mjs'));
  nodeModule.register(hooks, { parentURL: pathToFileURL(__filename), data: { include } });
}
