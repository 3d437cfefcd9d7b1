import type { Context } from '@opentelemetry/api';

/**
 * What is needed of a Logger. `@opentelemetry/api-logs` (SDK 2) and `@opentelemetry/api` (SDK 3) both satisfy it, and
 * neither has to be a dependency.
 */
export interface LoggerLike {
  emit(record: EventRecord): void;
  enabled?(options?: { context?: Context; severityNumber?: number; eventName?: string }): boolean;
}

/** What an attribute of an event may hold: any JSON value, or bytes. */
export type EventValue =
  string | number | boolean | Uint8Array | null | undefined | EventValue[] | { [name: string]: EventValue };

/** An event: a log record with a name. */
export interface EventRecord {
  eventName: string;
  severityNumber: number;
  severityText: string;
  attributes: Record<string, EventValue>;
  context: Context;
}
