import { SpanKind } from '@opentelemetry/api';
import { CompiledAttributeTest } from './attribute-test.js';
import type { Condition, TraceTest } from './conditions.js';
import { NamePattern } from './name-pattern.js';
import { CONDITION_OPTIONS } from './parse-conditions.js';
import type { ConditionName, ParsedConditions } from './parse-conditions.js';
import { compileSpanTest } from './span-test.js';
import type { SpanPredicate, SpanTest } from './span-test.js';

/** Marks in one number, so that it stays a small integer for the engine. */
const MARKS_PER_WORD = 31;

/** A test of spans, and the mark that it leaves in the summary of a trace when a span satisfies it. */
export interface MarkedTest {
  readonly test: SpanTest;
  readonly holds: SpanPredicate;
  readonly word: number;
  readonly mask: number;
}

type Compile<K extends ConditionName> = (
  value: NonNullable<ParsedConditions[K]>,
  given: ParsedConditions,
  compiler: ConditionCompiler,
) => TraceTest;

const COMPILE: { readonly [K in ConditionName]: Compile<K> } = {
  matchError: (expected) => ({ type: 'failed', expected }),
  matchNames: (names, { matchNamesIn }, compiler) =>
    compiler.anySpan({ type: 'name', pattern: new NamePattern(names), localRootOnly: matchNamesIn === 'localRoot' }),
  matchTags: (tags, _given, compiler) => compiler.anySpan({ type: 'tags', anyOf: new Set(tags) }),
  kinds: (kinds, _given, compiler) =>
    compiler.anySpan({ type: 'kind', anyOf: new Set(kinds.map((kind) => SpanKind[kind])) }),
  minDurationMillis: (min) => ({ type: 'atLeast', total: 'durationMillis', min }),
  minTotalTokens: (min) => ({ type: 'atLeast', total: 'totalTokens', min }),
  minInputTokens: (min) => ({ type: 'atLeast', total: 'inputTokens', min }),
  minOutputTokens: (min) => ({ type: 'atLeast', total: 'outputTokens', min }),
  minCostUsd: (min) => ({ type: 'atLeast', total: 'costUsd', min }),
  models: (models, _given, compiler) => compiler.anySpan({ type: 'model', pattern: new NamePattern(models) }),
  providers: (providers, _given, compiler) => compiler.anySpan({ type: 'provider', anyOf: new Set(providers) }),
  operations: (operations, _given, compiler) => compiler.anySpan({ type: 'operation', anyOf: new Set(operations) }),
  finishReasons: (reasons, _given, compiler) => compiler.anySpan({ type: 'finishReasons', anyOf: new Set(reasons) }),
  toolErrors: (expected, _given, compiler) => compiler.anySpan({ type: 'toolError' }, expected),
  // The attribute is in seconds. A quotient is the double nearest to the decimal, as the attribute's value is; a product of
  // that value and 1000 need not be.
  minTimeToFirstChunkMillis: (min, _given, compiler) =>
    compiler.anySpan({ type: 'timeToFirstChunk', minSeconds: min / 1000 }),
  minSpans: (min) => ({ type: 'atLeast', total: 'spanCount', min }),
  attributes: (tests, _given, compiler) =>
    compiler.anySpan({
      type: 'attributes',
      tests: Object.entries(tests).map(([key, test]) => new CompiledAttributeTest(key, test)),
    }),
  not: (conditions, _given, compiler) => ({ type: 'not', conditions: compiler.compile(conditions) }),
};

/** Compiles the conditions of all rules of a set, and gives each test of spans its mark. */
export class ConditionCompiler {
  readonly #tests: MarkedTest[] = [];

  /** The tests of spans so far. */
  get tests(): readonly MarkedTest[] {
    return this.#tests;
  }

  /** How many words the marks of all tests so far need. */
  get words(): number {
    return Math.ceil(this.#tests.length / MARKS_PER_WORD);
  }

  /** Compiles what one rule, or one `not`, says. */
  compile(given: ParsedConditions): Condition[] {
    return CONDITION_OPTIONS.flatMap((name) => (name === 'matchNamesIn' ? [] : this.#compileOne(name, given)));
  }

  /** The test that some span (with `expected` false: no span) satisfies `test`. */
  anySpan(test: SpanTest, expected = true): TraceTest {
    const mark = this.#tests.length;
    const word = Math.floor(mark / MARKS_PER_WORD);
    const mask = 1 << (mark % MARKS_PER_WORD);
    this.#tests.push({ test, holds: compileSpanTest(test), word, mask });
    return { type: 'marked', word, mask, expected };
  }

  #compileOne<K extends ConditionName>(name: K, given: ParsedConditions): Condition[] {
    const value = given[name];
    const compile: Compile<K> = COMPILE[name];
    return value === undefined ? [] : [{ name, test: compile(value, given, this) }];
  }
}
