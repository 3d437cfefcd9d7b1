import type { ReadableSpanLike, ResourceLike } from '@genspan/span-processor-base';

/** Longest time that a batch waits for attributes of its resources that are still being found out. */
const MAX_WAIT_MILLIS = 5000;

/**
 * Calls `proceed` once the resources of the spans have all their attributes, at once if they have: resource detectors may
 * still be at work when the first spans end. What they have not found after 5 s is left out, and so is what they fail to find.
 */
export function whenResourcesAreKnown(spans: readonly ReadableSpanLike[], proceed: () => void): void {
  const pending = pendingResources(spans);
  if (pending === undefined) {
    proceed();
    return;
  }
  let proceeded = false;
  const proceedOnce = (): void => {
    if (proceeded) return;
    proceeded = true;
    clearTimeout(timer);
    proceed();
  };
  const timer = setTimeout(proceedOnce, MAX_WAIT_MILLIS);
  timer.unref();
  // An async function, so that a throw of the resource's is a rejection.
  const waits = [...pending].map(async (resource) => resource.waitForAsyncAttributes?.());
  void Promise.allSettled(waits).then(proceedOnce);
}

function pendingResources(spans: readonly ReadableSpanLike[]): Set<ResourceLike> | undefined {
  let pending: Set<ResourceLike> | undefined;
  let latest: ResourceLike | undefined;
  try {
    for (const { resource } of spans) {
      if (resource === latest) continue;
      latest = resource;
      if (resource.asyncAttributesPending === true) (pending ??= new Set()).add(resource);
    }
  } catch {
    // A span whose resource cannot be read: the exporter may know what to do with it.
  }
  return pending;
}
