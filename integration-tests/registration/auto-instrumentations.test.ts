import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { diagLines, Lab } from './preloaded-app.js';

jest.setTimeout(60_000);

/** Stands for `@opentelemetry/auto-instrumentations-node`: one instrumentation of a package, one of `openai`. */
const INSTALLED = `
const { InstrumentationBase, InstrumentationNodeModuleDefinition } = require('@opentelemetry/instrumentation');
class Instrumentation extends InstrumentationBase {
  constructor(module) { super('@opentelemetry/instrumentation-' + module, '1.0.0', { module }); }
  init() {
    const patch = (exports) => (console.log('patched ' + this.getConfig().module), exports);
    return new InstrumentationNodeModuleDefinition(this.getConfig().module, ['*'], patch);
  }
}
exports.getNodeAutoInstrumentations = () => [new Instrumentation('pet'), new Instrumentation('openai')];
`;

const APP = {
  'app.mjs': `import 'pet';\nimport OpenAI from 'openai';\nconst chat = new OpenAI().chat.completions;\nawait chat.create({ model: 'gpt-4o-mini', messages: [] });\n`,
  'app.cjs': `require('pet');\nconst OpenAI = require('openai');\nnew OpenAI().models;\n`,
};

describe('@opentelemetry/auto-instrumentations-node of the application', () => {
  let lab: Lab;
  let folder: string;

  beforeEach(async () => {
    lab = await Lab.open();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'genspan-')));
    link('openai', dirname(require.resolve('openai')));
    const main = require.resolve('@opentelemetry/instrumentation');
    link('@opentelemetry/instrumentation', main.slice(0, main.lastIndexOf('/build/')));
    install('pet', 'module.exports = { name: "Rex" };');
    for (const [name, text] of Object.entries(APP)) writeFileSync(join(folder, name), text);
  });

  afterEach(async () => {
    await lab.close();
    rmSync(folder, { recursive: true });
  });

  const run = (app: string) =>
    lab.run({ args: [app], cwd: folder, preload: ['--require', require.resolve('@genspan/node/register')] });

  it.each(['app.mjs', 'app.cjs'])('observes what %s loads, but not openai a second time', async (app) => {
    install('@opentelemetry/auto-instrumentations-node', INSTALLED);
    const result = await run(app);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'patched pet\n', stderr: '' });
    if (app === 'app.mjs') expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  it('is not missed when it is not installed', async () => {
    expect(await run('app.mjs')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  it('is left out with one warning when it does not load', async () => {
    install('@opentelemetry/auto-instrumentations-node', 'throw new Error("broken");');
    const result = await run('app.mjs');
    expect(result.exitCode).toBe(0);
    expect(diagLines(result)).toEqual([expect.stringMatching(/^opentelemetry warn: .* cannot be used.*: broken$/)]);
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  function install(name: string, source: string): void {
    const path = join(folder, 'node_modules', name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    writeFileSync(join(path, 'index.js'), source);
  }

  function link(name: string, target: string): void {
    const path = join(folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path, 'dir');
  }
});
