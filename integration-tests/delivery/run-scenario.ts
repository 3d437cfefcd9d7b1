import { join } from 'node:path';
import { runNode } from '@genspan/test-utils';

/** Each scenario takes the time that its pace needs; the rest is for a machine that does other things, too. */
export const TIMEOUT_MILLIS = 120_000;

/** What `run.mjs --json` prints for a scenario. */
interface Outcome {
  readonly figures: string;
  readonly problems: readonly string[];
  readonly skipped?: string;
  readonly seconds: string;
}

/** Runs the short form of a scenario of `scenarios.mjs` in a process of its own, prints its figures, and expects no problems. */
export async function expectNoProblems(name: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runNode({
    args: [join(__dirname, 'run.mjs'), '--short', '--json', '--exactly', name],
    timeoutMillis: TIMEOUT_MILLIS - 5000,
  });
  const line = stdout.trim();
  if (line === '') throw new Error(`${name}: nothing was found out (exit code ${exitCode}): ${stderr}`);
  const outcome = JSON.parse(line) as Outcome;
  const { figures, problems, skipped, seconds } = outcome;
  process.stderr.write(`${name} (${seconds} s): ${skipped === undefined ? figures : `skipped, ${skipped}`}\n`);
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\n${stderr}`);
}
