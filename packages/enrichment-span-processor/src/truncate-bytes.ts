/** Bytes of a text as it leaves, in UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** Whether a text has more than `limit` bytes; counted only where its length does not say it. */
export function exceedsBytes(text: string, limit: number): boolean {
  // A UTF-16 unit becomes one to three bytes.
  if (text.length * 3 <= limit) return false;
  return text.length > limit || Buffer.byteLength(text) > limit;
}

/** Index behind the longest part from `start` that has at most `limit` bytes and ends in no surrogate pair. */
export function endWithinBytes(text: string, start: number, limit: number): number {
  let left = limit;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code < 0x80) left -= 1;
    else if (code < 0x800) left -= 2;
    else if (isPairAt(text, at)) {
      left -= 4;
      if (left < 0) return at;
      at += 2;
      continue;
    } else left -= 3;
    if (left < 0) return at;
    at += 1;
  }
  return at;
}

function isPairAt(text: string, at: number): boolean {
  if ((text.charCodeAt(at) & 0xfc00) !== 0xd800) return false;
  return (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
