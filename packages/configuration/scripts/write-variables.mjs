// Writes the table of variables between the marks in the READMEs that show it. Run after the build.
import { readFileSync, writeFileSync } from 'node:fs';
import { environmentMarkdown } from '../dist/esm/index.js';

for (const name of ['configuration', 'node']) {
  const file = new URL(`../../${name}/README.md`, import.meta.url);
  const text = readFileSync(file, 'utf8');
  const marked = /(<!-- variables -->\n)[^]*?(<!-- \/variables -->)/;
  if (!marked.test(text)) throw new Error(`${file.pathname} has no place for the table`);
  writeFileSync(
    file,
    text.replace(marked, (_, start, end) => `${start}\n${environmentMarkdown()}\n\n${end}`),
  );
}
