import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runNode } from '@genspan/test-utils';

/** Each scenario takes the time that its pace needs; the rest is for a machine that does other things, too. */
export const TIMEOUT_MILLIS = 120_000;

const PROGRAM = join(__dirname, 'run.mjs');

/** What `run.mjs --json` prints for a scenario. */
interface Outcome {
  readonly figures: string;
  readonly problems: readonly string[];
  readonly skipped?: string;
  readonly seconds: string;
}

/** The scenarios of a group of `scenarios.mjs`: what is promised, and the name of the scenario that tries it. */
export function scenariosOf(group: 'receiver' | 'process'): (readonly [promise: string, name: string])[] {
  const { stdout, stderr } = spawnSync(process.execPath, [PROGRAM, '--list'], { encoding: 'utf8' });
  if (stdout === '') throw new Error(`The scenarios cannot be listed: ${stderr}`);
  const groups = JSON.parse(stdout) as Readonly<Record<string, readonly (readonly [string, string])[]>>;
  return (groups[group] ?? []).map(([name, promise]) => [promise, name]);
}

/** Runs the short form of a scenario in a process of its own, prints its figures, and expects no problems. */
export async function expectNoProblems(name: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runNode({
    args: [PROGRAM, '--short', '--json', '--exactly', name],
    timeoutMillis: TIMEOUT_MILLIS - 5000,
  });
  if (stdout === '') throw new Error(`${name}: nothing was found out (exit code ${exitCode}): ${stderr}`);
  const { figures, problems, skipped, seconds } = JSON.parse(stdout) as Outcome;
  process.stderr.write(`${name} (${seconds} s): ${skipped === undefined ? figures : `skipped, ${skipped}`}\n`);
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${figures}\n${stderr}`);
}
