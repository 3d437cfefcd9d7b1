/** One way in which a value breaks the conventions. Holds no content: neither a value nor a name that came from it. */
export interface ValidationProblem {
  /** Where: `$` is the whole value, `$[0].parts[1].content` a field. Only indexes and names of the conventions occur. */
  readonly path: string;
  /** What belongs there. */
  readonly expected: string;
  /** What kind of thing is there, such as `number` or `string that is not base64`; never the thing itself. */
  readonly got: string;
}

/** Names the kind of a value without telling the value. */
export function describeKind(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'empty string';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
