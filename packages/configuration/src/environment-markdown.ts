import { environmentRows } from './environment-table.js';

/**
 * The table of variables as Markdown, for READMEs: variable, default, what it takes, what it does.
 *
 * @returns one line per row, with a head of two lines and no line break at the end
 */
export function environmentMarkdown(): string {
  const lines = environmentRows().map(({ variable: { name, generalName, type, default: value, description } }) => {
    const names = generalName === undefined ? `\`${name}\`` : `\`${generalName}\`, \`${name}\``;
    const shown = type.format(value);
    return [names, type.expected, shown === '' ? '–' : `\`${shown}\``, description].join(' | ');
  });
  return ['Variable | Takes | Default | What it does', '--- | --- | --- | ---', ...lines]
    .map((line) => `| ${line} |`)
    .join('\n');
}
