import { ConditionCompiler } from './compile-conditions.js';
import type { MarkedTest } from './compile-conditions.js';
import { CompiledRule } from './compiled-rule.js';
import type { ParsedRule } from './parse-rules.js';
import { isError } from './span-error.js';
import type { SpanFacts } from './span-facts.js';
import { SpanUsageReader } from '@genspan/span-processor-base';
import type { CostOf } from '@genspan/span-processor-base';
import { hasAnyItemOf } from './string-values.js';
import { TraceSummary } from './trace-summary.js';

export type { CompiledRule } from './compiled-rule.js';
export type { ConditionResult } from './conditions.js';
export type { SpanFacts } from './span-facts.js';

/** Options of {@link RuleSet}. */
export interface RuleSetOptions {
  rules: readonly ParsedRule[];
  /** @defaultValue the attribute `genspan.usage.cost_usd` */
  costOf?: CostOf;
  /** Told when `costOf` fails. Must not throw. */
  onFailure?: (operation: string, error: unknown) => void;
}

/**
 * The rules of one sampler, compiled together: spans are shown to it one by one as they end, and what the rules need to
 * know of them stays in the summary of their trace.
 */
export class RuleSet {
  readonly rules: readonly CompiledRule[];
  /** Whether some condition looks at tags. */
  readonly wantsTags: boolean;
  readonly #tests: readonly MarkedTest[];
  readonly #words: number;
  readonly #usage: SpanUsageReader;

  constructor({ rules, costOf, onFailure }: RuleSetOptions) {
    const compiler = new ConditionCompiler();
    this.rules = rules.map((rule) => new CompiledRule(rule, compiler));
    this.#tests = compiler.tests;
    this.#words = compiler.words;
    this.wantsTags = this.#tests.some(({ test }) => test.type === 'tags');
    this.#usage = new SpanUsageReader(costOf, onFailure);
  }

  /** The summary of a trace of which nothing has been seen. */
  newSummary(): TraceSummary {
    return new TraceSummary();
  }

  /**
   * Takes one span into the summary of its trace. Called once for each span that ended, in any order; with the same spans
   * the summary is the same.
   *
   * Throws only what reading the span throws.
   */
  observe(summary: TraceSummary, span: SpanFacts, isLocalRoot: boolean): void {
    const failed = isError(span);
    summary.spanCount += 1;
    if (failed) summary.errorCount += 1;
    summary.addTimes(span.startTime, span.endTime);
    this.#usage.read(span, summary);
    for (const marked of this.#tests) {
      // Once a span has satisfied a test, later ones need not be asked.
      if (summary.isMarked(marked.word, marked.mask)) continue;
      if (marked.holds(span, isLocalRoot, failed)) summary.mark(marked.word, marked.mask, this.#words);
    }
  }

  /** Takes in tags that the trace has got otherwise than by an attribute of a span. */
  observeTags(summary: TraceSummary, tags: readonly string[]): void {
    for (const { test, word, mask } of this.#tests) {
      if (test.type === 'tags' && hasAnyItemOf(tags, test.anyOf)) summary.mark(word, mask, this.#words);
    }
  }
}
