/** The time of the processor that `action` takes, which does not pass while the machine is busy with something else. */
export function cpuMillis(action: () => void): number {
  const start = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
