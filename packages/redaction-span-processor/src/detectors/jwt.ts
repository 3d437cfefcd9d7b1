import { literal } from '../clue.js';
import { BASE64URL, runEnd } from '../char-class.js';
import type { Anchor, TextScan } from '../text-scan.js';

/** Shortest header in base64url: little more than `{"alg":"X"}`. */
const MIN_HEADER_LENGTH = 12;
const MIN_PAYLOAD_LENGTH = 8;
/** An encrypted token has five parts, a signed one three. */
const MAX_PARTS = 5;

/**
 * JSON Web Tokens, also those that have lost their signature. They begin with `{"`, which is `eyJ` in base64.
 *
 * @see RFC 7519, RFC 7516
 */
export const JWT: readonly Anchor[] = [{ clues: [literal('eyJ')], look: lookAtHeader }];

function lookAtHeader(scan: TextScan, index: number): number {
  const { text } = scan;
  const header = runEnd(text, index, BASE64URL);
  if (header - index < MIN_HEADER_LENGTH || text.charCodeAt(header) !== 46) return header;
  let end = runEnd(text, header + 1, BASE64URL);
  if (end - header <= MIN_PAYLOAD_LENGTH) return end;
  for (let parts = 2; parts < MAX_PARTS && text.charCodeAt(end) === 46; parts++) {
    const next = runEnd(text, end + 1, BASE64URL);
    // An unsigned token ends with a dot, and so does a sentence.
    if (next === end + 1) {
      if (parts === 2) end = next;
      break;
    }
    end = next;
  }
  scan.found('jwt', index, end);
  return end;
}
