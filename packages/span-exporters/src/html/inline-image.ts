/** Formats that every browser decodes and that hold pixels only; SVG is a document. */
const IMAGE_TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** Base64 characters of an image that is put into the page: 192 KiB of bytes. */
const MAX_BASE64_CHARS = 262_144;

/** A `data:` address of an image that came with a message, or `undefined` when it is too large or not surely an image. */
export function inlineImage(mimeType: string | undefined, base64: string): string | undefined {
  const type = mimeType?.toLowerCase();
  if (type === undefined || !IMAGE_TYPES.has(type)) return undefined;
  if (base64.length === 0 || base64.length > MAX_BASE64_CHARS) return undefined;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? `data:${type};base64,${base64}` : undefined;
}
