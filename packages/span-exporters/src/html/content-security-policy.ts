import { createHash } from 'node:crypto';
import { REPORT_SCRIPT } from './report-script.js';
import { REPORT_STYLE } from './report-style.js';

/**
 * What a page may do: run our one script and apply our one style sheet, told by their hashes, and show images that are in
 * the page itself. It loads nothing, sends nothing and makes no markup from text, whatever a span brings into it.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src ${sourceOf(REPORT_SCRIPT)}`,
  `style-src ${sourceOf(REPORT_STYLE)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
