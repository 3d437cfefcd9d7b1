import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { diag } from '@opentelemetry/api';
import { describeError } from './diagnostics.js';
import type { InstrumentationLike } from './instrumentation-like.js';

const PACKAGE = '@opentelemetry/auto-instrumentations-node';

/** Its own instrumentation of `openai`: with ours beside it, each call would be two spans. */
const REPLACED = '@opentelemetry/instrumentation-openai';

/** The instrumentations that the application installed. */
export interface AutoInstrumentations {
  readonly instrumentations: readonly InstrumentationLike[];
  /** The file they were loaded from, to resolve what they depend on. */
  readonly path: string;
}

/**
 * Loads `@opentelemetry/auto-instrumentations-node` when the application has it. The package itself honours
 * `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and `OTEL_NODE_DISABLED_INSTRUMENTATIONS`.
 *
 * @returns `undefined` when it is not installed, in silence, or when it does not load, with one `diag` warning
 */
export function loadAutoInstrumentations(): AutoInstrumentations | undefined {
  const path = findPackage();
  if (path === undefined) return undefined;
  try {
    const installed = createRequire(path)(path) as { getNodeAutoInstrumentations(): InstrumentationLike[] };
    const all = installed.getNodeAutoInstrumentations();
    for (const one of all) if (one.instrumentationName === REPLACED) one.disable();
    return { path, instrumentations: all.filter((one) => one.instrumentationName !== REPLACED) };
  } catch (error) {
    diag.warn(`${PACKAGE} is installed but cannot be used, so only openai is observed: ${describeError(error)}`);
    return undefined;
  }
}

/** Looks from the application's entry, the current directory, and genspan itself. */
function findPackage(): string | undefined {
  const entry = process.argv[1];
  const origins = [...(entry === undefined ? [] : [join(dirname(entry), 'x')]), join(process.cwd(), 'x'), __filename];
  for (const origin of origins) {
    try {
      return createRequire(origin).resolve(PACKAGE);
    } catch {
      // Not from there.
    }
  }
  return undefined;
}
