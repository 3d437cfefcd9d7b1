import { diag } from '@opentelemetry/api';
import { OptionError } from '@genspan/span-processor-base';
import { describeError } from './diagnostics.js';
import { tryOutRedaction } from './redaction-trial.js';

/**
 * The paths of `OTEL_GENSPAN_REDACTION_FIELDS` that can be used. Each that is wrong is one `diag` error and left out.
 *
 * @param paths - what is in the variable's list
 */
export function usableFields(paths: readonly string[]): readonly string[] {
  return paths.filter((path, index) => {
    const problem = problemOf(path);
    if (problem === undefined) return true;
    // Counted as in the variable.
    const told = problem.replace('redaction.rules[0].fields[0]', `fields[${index}]`);
    diag.error(`OTEL_GENSPAN_REDACTION_FIELDS: ${told}; this field is left out`);
    return false;
  });
}

function problemOf(path: string): string | undefined {
  try {
    tryOutRedaction({ detectors: [], rules: [{ name: 'field', fields: [path] }] });
    return undefined;
  } catch (error) {
    return error instanceof OptionError ? error.message : describeError(error);
  }
}
