// Applications of apps/, observed by the preload.
import { fileURLToPath } from 'node:url';
import { startNode } from '@genspan/test-utils';

/**
 * Starts an application.
 *
 * @param {{ script: string, openai: { baseURL: string }, env: Record<string, string> }} app
 */
export function startApp({ script, openai, env }) {
  return startNode({
    args: ['--import', '@genspan/node/register', script],
    cwd: fileURLToPath(new URL('apps/', import.meta.url)),
    timeoutMillis: 60_000,
    env: { OPENAI_BASE_URL: openai.baseURL, OPENAI_API_KEY: ['sk', 'test'].join('-'), ...env },
  });
}

/** Runs one to its end. */
export function runApp(app) {
  return startApp(app).finished;
}
