// Fails when an import breaks the direction of the packages. The rules are in direction-rules.mjs.
import { fileURLToPath } from 'node:url';
import { checkDirection } from './direction.mjs';

const { packages, files, findings } = checkDirection(fileURLToPath(new URL('..', import.meta.url)));
for (const finding of findings) console.error(finding);
console.log(`Direction: ${packages} packages, ${files} files, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
