import { describeError, writeToStderr } from './diagnostics.js';
import { start } from './start.js';
import { isHooksThread } from './threads.js';

/**
 * What `--require` and `--import` run: starts genspan from the environment in every thread of the application.
 *
 * Never throws: what goes wrong is one line on stderr, and the application runs.
 */
export function preload(): void {
  if (isHooksThread()) return;
  try {
    start();
  } catch (error) {
    writeToStderr(`genspan does not start, the application runs without it: ${describeError(error)}`);
  }
}
