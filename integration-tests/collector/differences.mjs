// What differs between the spans that were sent and those that arrived.

/**
 * @param {object[]} sent in the form of canonical-span.mjs
 * @param {object[]} arrived in the same form, in any order
 * @returns {string[]} problems: missing, twice, unknown, or with the first field that differs; empty when all is well
 */
export function differences(sent, arrived) {
  const problems = [];
  const bySpanId = new Map();
  for (const span of arrived) {
    const key = `${span.traceId} ${span.spanId}`;
    if (bySpanId.has(key)) problems.push(`${brief(span.name)} arrived twice`);
    bySpanId.set(key, span);
  }
  for (const span of sent) {
    const key = `${span.traceId} ${span.spanId}`;
    const other = bySpanId.get(key);
    bySpanId.delete(key);
    if (other === undefined) problems.push(`${brief(span.name)} did not arrive`);
    else problems.push(...firstDifference(span, other, brief(span.name)));
  }
  for (const span of bySpanId.values()) problems.push(`${brief(span.name)} arrived and was not sent`);
  return problems;
}

/** The path and both values of the first difference; none when equal. */
export function firstDifference(expected, got, path) {
  if (Object.is(expected, got)) return [];
  if (!isObject(expected) || !isObject(got) || Array.isArray(expected) !== Array.isArray(got)) {
    return [`${path}: expected ${brief(expected)}, got ${brief(got)}`];
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const [found] = firstDifference(expected[key], got[key], `${path}.${key}`);
    if (found !== undefined) return [found];
  }
  return [];
}

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

function brief(value) {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}… (${text.length} characters)` : text;
}
