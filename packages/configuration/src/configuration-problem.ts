/** A setting that was refused; the rest of the configuration applies. */
export interface ConfigurationProblem {
  /** The variable's name. */
  readonly variable: string;
  /** What would have been accepted: `true or false`. */
  readonly expected: string;
  /** What was found, safe to print: shortened, and only described where a secret may be in it. */
  readonly got: string;
  /** What happens instead: `using 2048`. */
  readonly consequence: string;
}

/** The problem as one line for a log. */
export function describeProblem(problem: ConfigurationProblem): string {
  return `${problem.variable}: expected ${problem.expected}, got ${problem.got}; ${problem.consequence}`;
}
