/** What one operation gave, as the runner reports it. */
export interface OperationResult {
  readonly name: string;
  /** `null` when the number is not asserted. */
  readonly expectedSpans: number | null;
  readonly summary: unknown;
  /** Whether it lets go of something unread. */
  readonly endsWhenCollected: boolean;
  readonly paramsUnchanged: boolean;
  readonly requests: readonly unknown[];
  readonly incidents: readonly unknown[];
  readonly spans: SpanCounts;
  readonly spansAfterShutdown: SpanCounts;
}

/** How many GenAI spans an operation left. */
export interface SpanCounts {
  readonly started: number;
  readonly ended: number;
  readonly endedTwice: number;
  /** Those said to belong to a response that nobody read. */
  readonly unread: number;
}

/** What the caller, its process and the server can see of an operation. */
const VISIBLE = ['summary', 'paramsUnchanged', 'requests', 'incidents'] as const;

/** Names every operation whose visible outcome differs from that of the bare client, with the first place it does. */
export function differences(
  bare: readonly OperationResult[],
  other: readonly OperationResult[],
  aspects: readonly (typeof VISIBLE)[number][] = VISIBLE,
): string[] {
  const names = (results: readonly OperationResult[]): string[] => results.map(({ name }) => name);
  const order = firstDifference(names(bare), names(other), 'operations');
  if (order !== undefined) return [order];
  return bare.flatMap((expected, index) => {
    const got = other[index];
    const found = aspects.map((aspect) => firstDifference(expected[aspect], got?.[aspect], aspect));
    return found.filter((place) => place !== undefined).map((place) => `${expected.name} · ${place}`);
  });
}

/** The first place where two JSON values differ, as text. */
function firstDifference(expected: unknown, got: unknown, path: string): string | undefined {
  if (Object.is(expected, got)) return undefined;
  if (!isObject(expected) || !isObject(got) || Array.isArray(expected) !== Array.isArray(got)) {
    return `${path}: bare ${short(expected)}, got ${short(got)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const place = firstDifference(expected[key], got[key], `${path}.${key}`);
    if (place !== undefined) return place;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 160);
}
