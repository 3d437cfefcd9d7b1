/**
 * An `ExportTraceServiceRequest` in its JSON form, without what the encodings may write in more than one way: members at their
 * default.
 */
export function canonical(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => canonical(item));
  if (typeof value === 'string') return name === 'doubleValue' ? Number(value) : Buffer.from(value).toString();
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .map(([key, member]): [string, unknown] => [key, canonical(member, key)])
    .filter(([key, member]) => !isDefault(key, member) && !(name === 'resource' && key === 'schemaUrl'));
  return Object.fromEntries(members);
}

/** Values of attributes are written whatever they are; other members need not be. */
function isDefault(key: string, member: unknown): boolean {
  if (key.endsWith('Value') && key !== 'value') return false;
  if (key === 'value' || key === 'status') return typeof member === 'object' && Object.keys(member ?? {}).length === 0;
  return (
    member === '' ||
    member === 0 ||
    member === '0' ||
    (Array.isArray(member) && member.length === 0) ||
    member === undefined
  );
}
