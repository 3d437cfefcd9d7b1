import { start } from './start.js';
import { isHooksThread } from './threads.js';

/**
 * What `--require` and `--import` run: starts genspan from the environment in every thread of the application.
 *
 * @throws what the SDK or an instrumentation throws when it starts; `register.cjs` turns it into one line on stderr
 */
export function preload(): void {
  if (!isHooksThread()) start();
}
