import type { BufferedSpanProcessorOptions } from '@genspan/buffered-span-processor';
import type { ConfigurationModel } from '@genspan/configuration';
import { PayloadDumpSpanExporter } from '@genspan/span-exporters';
import {
  expectBoolean,
  expectFunction,
  expectInteger,
  expectNonEmptyString,
  expectNumber,
  expectOneOf,
  OptionError,
} from '@genspan/span-processor-base';
import { NOWHERE_EXPORTER } from './nowhere.js';

/** Options of `start()` about how spans reach their exporters. What is left out is taken from the environment. */
export interface DeliveryOptions extends Pick<BufferedSpanProcessorOptions, 'onDrop' | 'onError' | 'dropPolicy'> {
  /** Memory in bytes that the spans waiting for one exporter may take. */
  maxQueueBytes?: number;
  /** Batches on their way at the same time. */
  concurrency?: number;
  /** Whether nothing leaves until `forceFlush()`. */
  syncFlush?: boolean;
  /** How often a batch is sent again, within `OTEL_BSP_EXPORT_TIMEOUT`. */
  retries?: number;
  /** Requests per second on average; batches beyond wait. */
  rate?: number;
  /** Requests at once after a pause. */
  burst?: number;
  /** Bytes of one request before compression. */
  maxRequestBytes?: number;
  /** Directory in which batches are stored until the receiver has them. */
  spoolDirectory?: string;
  /** Bytes in that directory. */
  spoolMaxBytes?: number;
  /** Directory that gets what could not be delivered or was dropped, as OTLP JSON. */
  failedPayloadsDirectory?: string;
  /** Directory that gets everything that is exported, as OTLP JSON. */
  allPayloadsDirectory?: string;
}

/** Everything that is known about delivery. */
export type DeliverySettings = ConfigurationModel['export'] & Pick<DeliveryOptions, 'onDrop' | 'onError'>;

type Check = (name: string, value: unknown) => unknown;

const CHECKS: { readonly [Name in keyof DeliveryOptions]-?: Check } = {
  onDrop: expectFunction,
  onError: expectFunction,
  dropPolicy: (name, value) => expectOneOf(name, value, ['newest', 'oldest', 'leastImportant']),
  maxQueueBytes: expectInteger,
  concurrency: expectInteger,
  syncFlush: expectBoolean,
  retries: (name, value) => expectInteger(name, value, 0),
  rate: expectRate,
  burst: expectInteger,
  maxRequestBytes: (name, value) => expectInteger(name, value, 1024),
  spoolDirectory: expectDirectory,
  spoolMaxBytes: expectInteger,
  failedPayloadsDirectory: expectDirectory,
  allPayloadsDirectory: expectDirectory,
};

/**
 * Checks the option `delivery` of `start()`.
 *
 * @returns what was given, without what is `undefined`
 * @throws {OptionError} naming the option that is wrong by its path: `delivery.rate`.
 */
export function expectDelivery(value: unknown): DeliveryOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError('delivery', 'to be an object', value);
  }
  const given = Object.entries(value).filter(([, item]) => item !== undefined);
  for (const [name, item] of given) {
    if (!isDeliveryOption(name)) {
      throw new OptionError('delivery', `to have only ${Object.keys(CHECKS).join(', ')}`, name);
    }
    CHECKS[name](`delivery.${name}`, item);
  }
  return Object.fromEntries(given);
}

function isDeliveryOption(name: string): name is keyof DeliveryOptions {
  return Object.hasOwn(CHECKS, name);
}

function expectRate(name: string, value: unknown): number {
  const rate = expectNumber(name, value);
  if (rate > 0) return rate;
  throw new OptionError(name, 'to be above 0', value);
}

/** A directory that can be written to; it is created when it is missing. */
function expectDirectory(name: string, value: unknown): string {
  const path = expectNonEmptyString(name, value);
  try {
    new PayloadDumpSpanExporter({ exporter: NOWHERE_EXPORTER, failedDirectory: path });
    return path;
  } catch {
    throw new OptionError(name, 'to be a directory that can be written to', value);
  }
}
