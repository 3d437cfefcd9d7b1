import { diag } from '@opentelemetry/api';
import type { SamplingStageOptions } from '@genspan/pipeline';
import { OptionError } from '@genspan/span-processor-base';
import { describeError } from './diagnostics.js';
import { tryOutStage } from './stage-trial.js';

type Rules = NonNullable<SamplingStageOptions['rules']>;

/**
 * The sampling rules of `OTEL_GENSPAN_SAMPLING_RULES` that can be used.
 *
 * Each that is wrong is one `diag` error and left out: the traces it was for go on to the next rules and to the rate.
 *
 * @param items - what is in the variable's JSON array
 */
export function usableRules(items: readonly unknown[]): Rules {
  // What they are turns out here.
  const rules = items as Rules;
  if (problemOf(rules) === undefined) return rules;
  const usable: Rules[number][] = [];
  for (const [index, rule] of rules.entries()) {
    const problem = problemOf([...usable, rule]);
    if (problem === undefined) {
      usable.push(rule);
    } else {
      // Counted as in the variable.
      const told = problem.replace(`sampling.rules[${usable.length}]`, `rules[${index}]`);
      diag.error(`OTEL_GENSPAN_SAMPLING_RULES: ${told}; this rule is left out`);
    }
  }
  return usable;
}

function problemOf(rules: Rules): string | undefined {
  try {
    tryOutStage('sampling', { rules });
    return undefined;
  } catch (error) {
    return error instanceof OptionError ? error.message : describeError(error);
  }
}
