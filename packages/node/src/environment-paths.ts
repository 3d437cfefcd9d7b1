import { diag } from '@opentelemetry/api';
import { OptionError } from '@genspan/span-processor-base';
import { describeError } from './diagnostics.js';
import { tryOutStage } from './stage-trial.js';

/**
 * The paths of `OTEL_GENSPAN_ENRICHMENT_EXCLUDE_FIELDS` that can be used. Each that is wrong is one `diag` error and left out.
 *
 * @param paths - what is in the variable's list
 */
export function usablePaths(paths: readonly string[]): readonly string[] {
  return paths.filter((path, index) => {
    const problem = problemOf(path);
    if (problem === undefined) return true;
    // Counted as in the variable.
    const told = problem.replace('enrichment.payload.excludeFields[0]', `fields[${index}]`);
    diag.error(`OTEL_GENSPAN_ENRICHMENT_EXCLUDE_FIELDS: ${told}; this field is left out`);
    return false;
  });
}

function problemOf(path: string): string | undefined {
  try {
    tryOutStage('enrichment', { cost: false, payload: { excludeFields: [path] } });
    return undefined;
  } catch (error) {
    return error instanceof OptionError ? error.message : describeError(error);
  }
}
