// Prints a table in Markdown, padded so that it also reads well on a terminal.

/** @param columns - headings; the first column is aligned left, the others right @param rows - arrays of cells */
export function formatTable(columns, rows) {
  const cells = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const line = (row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}

/** `12.3 ±0.4` */
export const withError = ({ median, error }, digits = 1) => `${median.toFixed(digits)} ±${error.toFixed(digits)}`;
