import { diag, DiagLogLevel } from '@opentelemetry/api';

/** What `diag` is told, until `diag.disable()`. */
export interface CapturedDiag {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Registers a logger that keeps what it is told. */
export function captureDiag(): CapturedDiag {
  const errors: string[] = [];
  const warnings: string[] = [];
  const quiet = () => undefined;
  diag.setLogger(
    {
      error: (message) => void errors.push(message),
      warn: (message) => void warnings.push(message),
      info: quiet,
      debug: quiet,
      verbose: quiet,
    },
    { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true },
  );
  return { errors, warnings };
}
