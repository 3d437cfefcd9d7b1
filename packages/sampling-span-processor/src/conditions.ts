import type { ConditionName } from './parse-conditions.js';
import type { TraceSummary } from './trace-summary.js';

/** Numbers of a trace that can have a minimum. */
type Total = 'durationMillis' | 'totalTokens' | 'inputTokens' | 'outputTokens' | 'costUsd' | 'spanCount';

/** What a trace must be like: one condition of a rule. */
export type TraceTest =
  | { readonly type: 'marked'; readonly word: number; readonly mask: number; readonly expected: boolean }
  | { readonly type: 'failed'; readonly expected: boolean }
  | { readonly type: 'atLeast'; readonly total: Total; readonly min: number }
  | { readonly type: 'not'; readonly conditions: readonly Condition[] };

/** A compiled condition. */
export interface Condition {
  /** The option's name. */
  readonly name: ConditionName;
  readonly test: TraceTest;
}

/** Whether a condition held. */
export interface ConditionResult {
  /** The option's name. */
  readonly condition: string;
  /** Whether it held. */
  readonly held: boolean;
  /** Of `not`: the conditions in it. */
  readonly not?: readonly ConditionResult[];
}

const HOLDS: { [T in TraceTest['type']]: (test: Extract<TraceTest, { type: T }>, trace: TraceSummary) => boolean } = {
  marked: (test, trace) => trace.isMarked(test.word, test.mask) === test.expected,
  failed: (test, trace) => trace.errorCount > 0 === test.expected,
  atLeast: (test, trace) => {
    const total = trace[test.total];
    return total !== undefined && total >= test.min;
  },
  not: (test, trace) => !allHold(test.conditions, trace),
};

/** Whether all conditions hold; no conditions do. */
export function allHold(conditions: readonly Condition[], trace: TraceSummary): boolean {
  for (const { test } of conditions) if (!holds(test, trace)) return false;
  return true;
}

/** What became of each condition. */
export function explainAll(conditions: readonly Condition[], trace: TraceSummary): ConditionResult[] {
  return conditions.map(({ name, test }) => {
    const result = { condition: name, held: holds(test, trace) };
    return test.type === 'not' ? { ...result, not: explainAll(test.conditions, trace) } : result;
  });
}

function holds<T extends TraceTest['type']>(test: Extract<TraceTest, { type: T }>, trace: TraceSummary): boolean {
  return HOLDS[test.type](test, trace);
}
