// Writes which version of the price table is installed, and the day it was published, into src/price-table-date.ts.
// To be run after an update of @pydantic/genai-prices: it asks the npm registry, as the package itself tells no date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const NAME = '@pydantic/genai-prices';
const entry = createRequire(import.meta.url).resolve(NAME);
const { version } = JSON.parse(readFileSync(join(entry, '..', '..', 'package.json'), 'utf8'));
const published = JSON.parse(execFileSync('npm', ['view', NAME, 'time', '--json'], { encoding: 'utf8' }))[version];
const date = new Date(published).toISOString().slice(0, 10);

const file = new URL('../src/price-table-date.ts', import.meta.url);
const source = readFileSync(file, 'utf8')
  .replace(/(PRICE_TABLE_VERSION = ')[^']*/, `$1${version}`)
  .replace(/(PRICE_TABLE_DATE = ')[^']*/, `$1${date}`);
writeFileSync(file, source);
console.log(`${NAME} ${version} was published on ${date}`);
