/** How often in ms a process that has nothing else to do looks up; any time will do. */
const LOOK_UP_MILLIS = 60_000;

/** Keeps the process alive until `work` settles, which must be bounded. For whoever awaits a flush or the end. */
export async function holdProcess<T>(work: Promise<T>): Promise<T> {
  const hold = setInterval(() => {}, LOOK_UP_MILLIS);
  try {
    return await work;
  } finally {
    clearInterval(hold);
  }
}
