import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const packageRoot = join(__dirname, '../..');

function generate(root: string, ...args: string[]) {
  return spawnSync(process.execPath, [join(root, 'scripts/generate.mjs'), ...args], { encoding: 'utf8' });
}

it('finds the committed files fresh', () => {
  const { status, stderr } = generate(packageRoot, '--check');
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

describe('in a copy of the package', () => {
  let root: string;
  const rewrite = (path: string, from: string, to: string) => {
    const text = readFileSync(join(root, path), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(root, path), text.replace(from, to));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'semconv-'));
    for (const folder of ['src', 'scripts', 'table'])
      cpSync(join(packageRoot, folder), join(root, folder), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('finds a file stale after the table changed, and writes it', () => {
    rewrite('table/attributes.json', '"gen_ai.skill.name"', '"gen_ai.skill.title"');
    const check = generate(root, '--check');
    expect(check.status).toBe(1);
    expect(check.stderr).toContain('src/generated/attributes.ts');
    expect(check.stderr).toContain('src/index.ts');

    expect(generate(root).status).toBe(0);
    expect(readFileSync(join(root, 'src/index.ts'), 'utf8')).toContain('ATTR_GEN_AI_SKILL_TITLE,');
    expect(generate(root, '--check').status).toBe(0);
  });

  it('finds a file stale after somebody edited it', () => {
    rewrite('src/generated/values.ts', "'x_ai'", "'xai'");
    expect(generate(root, '--check').status).toBe(1);
  });

  it.each([
    ['a constant twice', 'attributes.json', '"gen_ai.agent.id"', '"gen_ai.agent.name"', 'ATTR_GEN_AI_AGENT_NAME'],
    [
      'an unknown replacement',
      'deprecated-attributes.json',
      '"gen_ai.provider.name"',
      '"gen_ai.vendor"',
      'gen_ai.vendor',
    ],
    [
      'an attribute of an event that has no row',
      'events.json',
      '"gen_ai.request.top_p"',
      '"gen_ai.top_q"',
      'gen_ai.top_q',
    ],
    ['unknown buckets', 'metrics.json', '"buckets": "GEN_AI_TOKEN_BUCKETS"', '"buckets": "NONE"', 'NONE'],
  ])('stops at %s in the table', (_title, file, from, to, named) => {
    rewrite(`table/${file}`, from, to);
    const { status, stderr } = generate(root);
    expect(status).toBe(1);
    expect(stderr).toContain(named);
  });
});
