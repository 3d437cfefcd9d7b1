import { hasMethods } from '@genspan/span-processor-base';

/** What is needed of an instrumentation; `InstrumentationBase` of either SDK line satisfies it. */
export interface InstrumentationLike {
  readonly instrumentationName: string;
  enable(): void;
  disable(): void;
  setTracerProvider(provider: never): void;
  setMeterProvider(provider: never): void;
}

/**
 * Gives an instrumentation the providers that are registered now, as far as it can take them.
 *
 * The SDK hands instrumentations stand-ins before the providers exist. When there are several copies of an API, which is
 * easily so with that for logs on SDK 2, the stand-in of one copy never learns of a provider that another has registered.
 */
export function setProviders(
  instrumentation: InstrumentationLike,
  { tracerProvider, loggerProvider }: { tracerProvider: unknown; loggerProvider: unknown },
): void {
  if (hasMethods(instrumentation, ['setTracerProvider'])) instrumentation.setTracerProvider(tracerProvider);
  if (loggerProvider !== undefined && hasMethods(instrumentation, ['setLoggerProvider'])) {
    instrumentation.setLoggerProvider(loggerProvider);
  }
}

/** A module that an instrumentation patches, as `InstrumentationBase.getModuleDefinitions()` lists them. */
interface ModuleDefinition {
  readonly name: string;
  readonly files: readonly { readonly name: string }[];
}

/**
 * What an instrumentation has to see imported, for the list of modules that loader hooks wrap.
 *
 * @returns names of packages and of Node's modules, and patterns for files inside packages; empty when it does not say
 */
export function modulesOf(instrumentation: InstrumentationLike): (string | RegExp)[] {
  if (!hasMethods(instrumentation, ['getModuleDefinitions'])) return [];
  const definitions = instrumentation.getModuleDefinitions() as readonly ModuleDefinition[];
  return definitions.flatMap(({ name, files }) => [name, ...files.map((file) => urlPattern(file.name))]);
}

/** Matches the URL of a file that is named from its package on: `pkg/lib/client.js`, with any ending. */
function urlPattern(file: string): RegExp {
  const path = file
    .replaceAll('\\', '/')
    .replace(/\.[cm]?js$/, '')
    .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`/node_modules/${path}(\\.[cm]?js)?$`);
}
