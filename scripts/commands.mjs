// Runs commands and collects what they print.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** An empty environment for what an application may set: only what finds programs and folders is passed on. */
export function plainEnvironment(extra = {}) {
  const passed = Object.entries(process.env).filter(
    ([name]) => !/^(OTEL_|OPENAI_|AZURE_OPENAI_|NODE_OPTIONS$|FORCE_COLOR$|NO_COLOR$)/.test(name),
  );
  return { ...Object.fromEntries(passed), ...extra };
}

/**
 * @param {string[]} command
 * @param {string} cwd
 * @param {{ env?: Record<string, string | undefined>, timeoutMillis?: number }} [options] the process is killed after
 *   `timeoutMillis`, 5 minutes unless told
 * @returns {Promise<{ status: number | null, stdout: string, stderr: string, timedOut: boolean }>} never rejects
 */
export function run([program, ...args], cwd, { env = plainEnvironment(), timeoutMillis = 300_000 } = {}) {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32' && program === 'npm';
    const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMillis);
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', (error) => (stderr += String(error)));
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, stdout, stderr, timedOut });
    });
  });
}

/** Runs as many tasks (a `command` and the options of `run`) at a time as there are processors; `done` gets each with its result, in the order of the list. */
export async function runAll(tasks, cwd, done) {
  const results = new Array(tasks.length);
  let next = 0;
  const work = async () => {
    while (next < tasks.length) {
      const index = next++;
      const { command, ...options } = tasks[index];
      results[index] = await run(command, options.cwd ?? cwd, options);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  tasks.forEach((task, index) => done(task, results[index]));
}
