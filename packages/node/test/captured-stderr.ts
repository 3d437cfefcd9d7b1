/** Everything written by console.error since this module was loaded, which has to be before the code under test. */
export const lines: string[] = [];

// eslint-disable-next-line no-console -- it is what is captured
console.error = (line: unknown) => void lines.push(String(line));
