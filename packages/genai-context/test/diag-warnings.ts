import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { DiagLogger } from '@opentelemetry/api';

/** What was warned through `diag` since; `warn` may be a logger of the test's own. */
export function recordWarnings(warn: DiagLogger['warn'] = () => {}): string[] {
  const lines: string[] = [];
  const silent = () => {};
  const record = (line: string) => {
    lines.push(line);
    warn(line);
  };
  diag.setLogger(
    { warn: record, error: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return lines;
}

/** As in a process in which nothing was said yet. */
export function forgetWarnings(): void {
  const holder = globalThis as { [key: symbol]: unknown };
  delete holder[Symbol.for('genspan.genai-context.warned')];
}
