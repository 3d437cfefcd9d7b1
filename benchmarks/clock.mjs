// Two ways to read the time a sample took.

/** Microseconds from an arbitrary start, by kind of clock. */
export const CLOCKS = {
  /** Processor time of the whole process, collector included: stays put when the machine is shared. */
  cpu() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** Time on the wall: the truer one on an idle machine. */
  wall: () => performance.now() * 1000,
};
