/** A share as a percentage with one decimal; never rounded up to 100. */
export function percent(share) {
  const rounded = (share * 100).toFixed(1);
  return share < 1 && rounded === '100.0' ? '99.9' : rounded;
}

/** Prints a table; the first column to the left, all others to the right. */
export function printTable(header, rows) {
  const lines = [header, ...rows].map((line) => line.map(String));
  const widths = header.map((_title, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  lines.forEach((line, i) => {
    console.log(
      line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
    );
    if (i === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  });
}
