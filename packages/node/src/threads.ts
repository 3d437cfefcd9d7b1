import * as workerThreads from 'node:worker_threads';

/**
 * Whether this thread is Node's own, where `module.register()` runs loader hooks.
 *
 * `--require` preloads run there too. Nothing of the application does, so there is nothing to observe; and a preload
 * that registers hooks from inside it leaves the application without any.
 */
export function isHooksThread(): boolean {
  const { isInternalThread, isMainThread, parentPort } = workerThreads as typeof workerThreads & {
    /** Node 22.14 and later. */
    readonly isInternalThread?: boolean;
  };
  // The hooks thread has no port to a parent; a worker of the application always has one.
  return isInternalThread ?? (!isMainThread && parentPort === null);
}
