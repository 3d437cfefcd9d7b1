import type { ConditionCompiler } from './compile-conditions.js';
import { allHold, explainAll } from './conditions.js';
import type { Condition, ConditionResult } from './conditions.js';
import type { ParsedConditions } from './parse-conditions.js';
import type { ParsedAdaptive, ParsedRule } from './parse-rules.js';
import type { TraceSummary } from './trace-summary.js';

/** A rule that can be asked about traces. */
export class CompiledRule implements ParsedRule {
  readonly name: string;
  readonly rate: number;
  readonly maxTracesPerSecond: number | undefined;
  readonly adaptive: ParsedAdaptive | undefined;
  readonly conditions: ParsedConditions;
  readonly #compiled: readonly Condition[];

  constructor(rule: ParsedRule, compiler: ConditionCompiler) {
    this.name = rule.name;
    this.rate = rule.rate;
    this.maxTracesPerSecond = rule.maxTracesPerSecond;
    this.adaptive = rule.adaptive;
    this.conditions = rule.conditions;
    this.#compiled = compiler.compile(rule.conditions);
  }

  /** Whether all conditions hold. A rule without conditions holds for every trace. */
  holds(summary: TraceSummary): boolean {
    return allHold(this.#compiled, summary);
  }

  /** What became of each given condition. */
  explain(summary: TraceSummary): ConditionResult[] {
    return explainAll(this.#compiled, summary);
  }
}
