import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { DiagLogger } from '@opentelemetry/api';

/** What is warned through `diag` from now on; `warn` may be a logger of the test's own. `diag.disable()` ends it. */
export function recordWarnings(warn: DiagLogger['warn'] = () => {}): string[] {
  const lines: string[] = [];
  const silent = (): void => {};
  const record = (line: string): void => {
    lines.push(line);
    warn(line);
  };
  diag.setLogger(
    { warn: record, error: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return lines;
}
