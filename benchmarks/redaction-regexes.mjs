// What one writes first: a list of seventeen regular expressions, of the kinds that redactors of telemetry come with, each run
// over the whole text; and the same behind conditions without which they cannot match.

const MASK = '[REDACTED]';

const isBase64 = (code) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 47 && code <= 57) || code === 43 || code === 61;

/** Whether forty characters of base64 follow each other: looks at one of forty. */
function hasLongRun(text) {
  for (let i = 39; i < text.length; i += 40) {
    let start = i;
    let end = i;
    while (start > 0 && isBase64(text.charCodeAt(start - 1)) && i - start < 40) start--;
    while (end < text.length && isBase64(text.charCodeAt(end)) && end - i < 40) end++;
    if (end - start >= 40) return true;
  }
  return false;
}

/** Each with a condition that is cheap to test and that every text with a match meets. */
const REGEXES = [
  { pattern: /\b[\w.%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\b/g, gate: (text) => text.includes('@') },
  {
    pattern: /(?:\+?\d{1,3}[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}\b/g,
    gate: (text) => /\d{3}[-. ]?\d{4}/.test(text),
  },
  { pattern: /\b(?:\d{4}[- ]?){3}\d{4}\b/g, gate: (text) => /\d{4}[- ]?\d{4}/.test(text) },
  { pattern: /\b\d{3}-\d{2}-\d{4}\b/g, gate: (text) => /\d-\d\d-/.test(text) },
  { pattern: /\bsk-(?!ant-)[\w-]{20,}/g, gate: (text) => text.includes('sk-') },
  { pattern: /\bsk-ant-[\w-]{20,}/g, gate: (text) => text.includes('sk-ant-') },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, gate: (text) => text.includes('KIA') || text.includes('SIA') },
  { pattern: /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/g, gate: hasLongRun },
  { pattern: /\bAIza[\w-]{35}/g, gate: (text) => text.includes('AIza') },
  { pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g, gate: (text) => text.includes('AccountKey=') },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}/g, gate: (text) => text.includes('gh') && /gh[pousr]_/.test(text) },
  { pattern: /\bgithub_pat_\w{22,}/g, gate: (text) => text.includes('github_pat_') },
  { pattern: /\bxox[abprs]-[\w-]{10,}/g, gate: (text) => text.includes('xox') },
  {
    pattern: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
    gate: (text) => text.includes('k_live_') || text.includes('k_test_'),
  },
  { pattern: /\bbearer\s+[\w.~+/-]{16,}=*/gi, gate: (text) => /bearer\s/i.test(text) },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g, gate: (text) => text.includes('-----BEGIN ') },
  {
    pattern: /\b(?:password|passwd|pwd|secret|api_?key|token)\b["']?\s*[:=]\s*["']?[^\s"',;]{6,}/gi,
    gate: (text) => /[:=]/.test(text) && /pass|pwd|secret|api_?key|token/i.test(text),
  },
];

/** All seventeen, one after the other. */
export function redactInSequence(text) {
  let redacted = text;
  for (const { pattern } of REGEXES) redacted = redacted.replace(pattern, MASK);
  return redacted;
}

/** The same output, for less. */
export function redactGated(text) {
  let redacted = text;
  for (const { pattern, gate } of REGEXES) if (gate(redacted)) redacted = redacted.replace(pattern, MASK);
  return redacted;
}
