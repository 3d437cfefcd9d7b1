const NOT_ASCII = /[^\0-\x7f]/;

/** The name with its ASCII letters made small; others stay, whatever the language makes of them. */
export function foldCase(name: string): string {
  const small = name.toLowerCase();
  if (small === name || !NOT_ASCII.test(name)) return small;
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
