import { metrics } from '@opentelemetry/api';
import type { MeterProvider } from '@opentelemetry/api';
import { isRegistered } from './api-globals.js';

/** Lets a stage report its numbers where all other metrics go, if they go anywhere, unless its options say where. */
export function reporting<Options extends { meterProvider?: MeterProvider }>(options: Options): Options {
  return isRegistered('metrics') ? { meterProvider: metrics.getMeterProvider(), ...options } : options;
}
