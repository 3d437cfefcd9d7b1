import { buildSpan } from '@genspan/test-utils';
import type { BuildSpanOptions } from '@genspan/test-utils';
import { parseRules } from '../src/parse-rules.js';
import { RuleSet } from '../src/rule-set.js';
import type { CompiledRule } from '../src/rule-set.js';
import type { SamplingConditions } from '../src/sampling-rule.js';
import type { TraceSummary } from '../src/trace-summary.js';

/** One rule, as it is from options to the decision. */
export interface RuleTrial {
  readonly rule: CompiledRule;
  readonly summary: TraceSummary;
}

/** Shows a trace to a rule with these conditions. A span without a parent is a local root. */
export function tryRule(conditions: SamplingConditions, spans: readonly BuildSpanOptions[]): RuleTrial {
  const ruleSet = new RuleSet({ rules: parseRules('rules', [{ name: 'rule', ...conditions }], 'spanEnd') });
  const summary = ruleSet.newSummary();
  for (const span of spans) ruleSet.observe(summary, buildSpan(span), span.parentSpanId === undefined);
  const [rule] = ruleSet.rules;
  if (rule === undefined) throw new Error('no rule');
  return { rule, summary };
}

/** Whether all of the conditions hold for the trace. */
export function traceHolds(conditions: SamplingConditions, spans: readonly BuildSpanOptions[]): boolean {
  const { rule, summary } = tryRule(conditions, spans);
  return rule.holds(summary);
}
