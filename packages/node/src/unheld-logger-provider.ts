import { hasMethods } from '@genspan/span-processor-base';
import type { UnheldWork } from './unheld-work.js';

/** What instrumentations use of a logger provider. */
export interface LoggerProviderLike {
  getLogger(...args: unknown[]): object;
}

/**
 * The SDK's logger provider for instrumentations: what a log record sets in motion, such as the timer of its batch, does
 * not keep the process alive.
 *
 * @returns `undefined` when `provider` is no logger provider
 */
export function unheldLoggerProvider(provider: unknown, unheld: UnheldWork): LoggerProviderLike | undefined {
  if (!hasMethods(provider, ['getLogger'])) return undefined;
  return {
    getLogger: (...args) => {
      const logger = provider.getLogger(...args) as object;
      if (!hasMethods(logger, ['emit'])) return logger;
      const emit = logger.emit.bind(logger);
      // The rest, such as enabled(), stays as it is.
      return Object.create(logger, { emit: { value: (record: unknown) => unheld.run(() => emit(record)) } }) as object;
    },
  };
}
