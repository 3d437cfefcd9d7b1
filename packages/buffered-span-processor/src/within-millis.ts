/**
 * Waits until `work` has settled, at most `millis`, and keeps the process running for as long as it waits.
 *
 * @returns whether it was in time
 * @throws (rejects) as `work` does, when that is in time; a later rejection is absorbed
 */
export async function withinMillis(work: Promise<unknown>, millis: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeUp = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), millis);
  });
  try {
    return await Promise.race([work.then(() => true), timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
