// Writes packages/*/api.md, the report of what each package exports; with --check, fails when one differs.
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './prepare.mjs';
import { publicPackages } from './public-packages.mjs';

const checkOnly = process.argv.includes('--check');
const written = join(root, '.cache/api');
const UNTOLD = new Set(['console-compiler-version-notice', 'console-api-report-created', 'console-api-report-copied']);
const LOGGED = new Set([ExtractorLogLevel.Error, ExtractorLogLevel.Warning]);

build();
mkdirSync(written, { recursive: true });
let problems = 0;
for (const { folder, path, manifest } of publicPackages()) {
  const report = makeReport(folder, path.split('/').at(-1));
  const file = join(folder, 'api.md');
  const before = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined;
  if (report === before) continue;
  if (checkOnly) {
    problems += 1;
    console.error(`${path}/api.md is not what ${manifest.name} exports; run \`npm run api\` and review the difference`);
    console.error(firstDifference(before ?? '', report));
  } else {
    writeFileSync(file, report);
    console.log(`Wrote ${path}/api.md`);
  }
}
console.log(problems === 0 ? 'API reports: all as exported' : `API reports: ${problems} differ`);
process.exitCode = problems === 0 ? 0 : 1;

function makeReport(folder, name) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, 'dist/cjs/index.d.ts'),
      compiler: {
        // Own options: no `paths`, so that an imported package is its built declarations, as for who installs it.
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2023', 'esnext.disposable'],
            module: 'node16',
            moduleResolution: 'node16',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
          },
          files: [join(folder, 'dist/cjs/index.d.ts')],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: written,
        reportTempFolder: join(written, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: {
          default: { logLevel: 'warning', addToApiReportFile: false },
          'ae-undocumented': { logLevel: 'none', addToApiReportFile: false },
          // A type that is reachable and not exported cannot be named by who uses the package.
          'ae-forgotten-export': { logLevel: 'warning', addToApiReportFile: true },
          'ae-missing-release-tag': { logLevel: 'none' },
          'ae-unresolved-link': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (!LOGGED.has(message.logLevel) || UNTOLD.has(message.messageId)) return;
      console.error(`${name}: ${message.text}`);
    },
  });
  return readFileSync(join(written, `${name}.api.md`), 'utf8');
}

function firstDifference(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const index = now.findIndex((line, at) => line !== old[at]);
  return `  line ${index + 1}:\n  - ${old[index] ?? '(nothing)'}\n  + ${now[index] ?? '(nothing)'}`;
}
