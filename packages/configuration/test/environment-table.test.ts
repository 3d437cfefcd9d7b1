import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentRows } from '../src/environment-table.js';
import { environmentMarkdown, readEnvironment } from '../src/index.js';

const readme = (name: string): string => readFileSync(join(__dirname, '../..', name, 'README.md'), 'utf8');
const tableRows = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.includes('---'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('the table of variables', () => {
  it('has each variable once, with a sentence that says what it does', () => {
    const rows = environmentRows();
    expect(new Set(rows.map(({ variable }) => variable.name)).size).toBe(rows.length);
    for (const { variable } of rows) expect(variable.description).toMatch(/\.$/);
  });

  it('names our variables OTEL_GENSPAN_<STAGE>_<OPTION>', () => {
    for (const { variable } of environmentRows()) expect(variable.name).toMatch(/^OTEL_[A-Z]+(_[A-Z]+)+$/);
  });

  it('has defaults that mean the same when they are written as settings', () => {
    const written = environmentRows().map(({ variable }) => [variable.name, variable.type.format(variable.default)]);
    const { model, problems } = readEnvironment(Object.fromEntries(written) as Record<string, string>);
    expect(problems).toEqual([]);
    expect(model).toEqual(readEnvironment({}).model);
  });

  it.each(['configuration', 'node'])('stands in the README of %s, row for row', (name) => {
    expect(tableRows(readme(name))).toEqual(expect.arrayContaining(tableRows(environmentMarkdown())));
  });
});
