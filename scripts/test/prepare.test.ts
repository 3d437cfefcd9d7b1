import { createHash } from 'node:crypto';
import { installReason } from '../prepare.mjs';
import { FixtureTree } from './fixture-tree';

const locked = {
  packages: {
    '': { name: 'root' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/only-on-another-system': { version: '1.0.0', optional: true },
    // npm leaves such entries behind when a dependency moves, and does not install them.
    'node_modules/a/node_modules/moved': { version: '1.0.0', extraneous: true },
    'packages/own': { version: '0.1.0' },
    'node_modules/own': { resolved: 'packages/own', link: true },
  },
};

function reasonFor(installed: object | undefined, folders = ['node_modules/a', 'node_modules/own']): unknown {
  const tree = new FixtureTree({ 'package-lock.json': locked });
  try {
    if (installed !== undefined) tree.write('node_modules/.package-lock.json', installed);
    for (const folder of folders) tree.write(`${folder}/package.json`, {});
    return installReason(tree.root);
  } finally {
    tree.dispose();
  }
}

const own = { 'node_modules/own': { resolved: 'packages/own', link: true } };

describe('installReason', () => {
  it('finds nothing to do when the installed list holds what the lock file asks for', () => {
    expect(reasonFor({ packages: { 'node_modules/a': { version: '1.0.0' }, ...own } })).toBeUndefined();
  });

  it('asks for an installation when there is none, or an interrupted one', () => {
    expect(reasonFor(undefined)).toBe('node_modules is missing or incomplete');
  });

  it('asks for an installation when a version is another one', () => {
    expect(reasonFor({ packages: { 'node_modules/a': { version: '0.9.0' }, ...own } })).toBe(
      'node_modules/a is not as in package-lock.json',
    );
  });

  it('asks for an installation when a workspace is not linked yet', () => {
    expect(reasonFor({ packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(
      'node_modules/own is not as in package-lock.json',
    );
  });

  it('trusts its own stamp as long as the lock file is the one it installed from', () => {
    const tree = new FixtureTree({ 'package-lock.json': locked, 'node_modules/.package-lock.json': { packages: {} } });
    try {
      expect(installReason(tree.root)).toBe('node_modules/a is not as in package-lock.json');
      const digest = createHash('sha256').update(JSON.stringify(locked)).digest('hex');
      tree.write('node_modules/.genspan-installed', digest);
      expect(installReason(tree.root)).toBeUndefined();
      tree.write('package-lock.json', { packages: { 'node_modules/b': { version: '2.0.0' } } });
      expect(installReason(tree.root)).toBe('node_modules/b is not as in package-lock.json');
    } finally {
      tree.dispose();
    }
  });

  it('asks for an installation when a listed folder is gone', () => {
    const packages = { 'node_modules/a': { version: '1.0.0' }, ...own };
    expect(reasonFor({ packages }, ['node_modules/own'])).toBe('node_modules/a is not as in package-lock.json');
  });
});
