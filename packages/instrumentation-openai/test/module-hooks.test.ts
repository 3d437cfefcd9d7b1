import { join } from 'node:path';
import { runNode, startOpenAIServer, type OpenAIServer } from '@genspan/test-utils';

/** The built package, registered in a process of its own, before the application loads its client by its name. */
const PRELOAD = join(__dirname, 'fixtures/print-spans.cjs');
const CLIENTS = join(__dirname, '../../../integration-tests/clients');

const APPLICATION = `
  const OpenAI = require('openai');
  const messages = [{ role: 'user', content: 'hi' }];
  new OpenAI().chat.completions.create({ model: 'gpt-4o-mini', messages }).then(() => {});
`;

let server: OpenAIServer;
beforeAll(async () => {
  server = await startOpenAIServer();
});
afterAll(() => server.close());

describe('the module hook', () => {
  it.each([4, 5, 6, 7])('observes openai %s when it is required', async (major) => {
    const { stdout, exitCode } = await runNode({
      args: ['--require', PRELOAD, '-e', APPLICATION],
      cwd: join(CLIENTS, `openai-${major}`),
      env: { OPENAI_BASE_URL: server.baseURL, OPENAI_API_KEY: 'none' },
    });
    expect({ stdout: stdout.trim(), exitCode }).toEqual({ stdout: 'span chat gpt-4o-mini', exitCode: 0 });
  });
});
