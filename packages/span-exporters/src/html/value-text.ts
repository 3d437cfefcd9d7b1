import { indentJson } from './indent-json.js';

/** The value of an attribute as text: strings as they are, everything else as JSON on one line. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  try {
    // `undefined` for what JSON has no word for.
    return JSON.stringify(value, printable) ?? String(value);
  } catch {
    return '(cannot be shown)';
  }
}

/** The same over several lines where the value is structured, or is a string that holds JSON of an object or an array. */
export function indentedText(value: unknown): string {
  const text = valueText(value);
  if (typeof value !== 'string') return typeof value === 'object' && value !== null ? indentJson(text) : text;
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return indentJson(text);
}

/** JSON has no big integers and no numbers that are not finite. */
function printable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? valueText(value) : value;
}
