import type { Context } from '@opentelemetry/api';
import { absorbRejection, FailureCounter, hasMethods, OptionError, overwrite } from '@genspan/span-processor-base';
import { blankLogParts } from './blanked-log-record.js';
import type { LogEnabledQuery, LogRecordLike, LogRecordProcessorLike } from './log-record-like.js';
import { LogRecordView } from './log-record-view.js';
import { redactLogRecord } from './redact-log-record.js';
import type { RedactedLogParts } from './redact-log-record.js';
import type { Redaction } from './redaction.js';
import { parseRedactionProcessorOptions } from './redaction-processor-options.js';
import type { RedactionProcessorOptions } from './redaction-processor-options.js';
import type { RedactionProcessorStats } from './redaction-processor-stats.js';
import type { Redactor } from './redactor.js';

/** Options of {@link RedactionLogRecordProcessor}. */
export interface RedactionLogRecordProcessorOptions extends RedactionProcessorOptions {
  /**
   * The next step, which gets redacted views of log records; other processors of the provider see the records as they are.
   * @defaultValue none: records are redacted themselves, for the processors that come after this one
   */
  delegate?: LogRecordProcessorLike;
}

/**
 * Takes secrets and personal data out of log records: body (texts, bytes, lists and maps), attributes, event name, severity
 * text. Resource and instrumentation scope stay as they are.
 *
 * With a `delegate`, that gets a view of each record in which something was found, and of each with a structured body, which
 * the application could still write into. Without one, records are written: register it before the processors that export,
 * because the SDK calls them in their order.
 *
 * Nothing it does throws into the application. A value that cannot be searched is masked whole, a record that cannot be read
 * goes on without any of its texts, and if not even that is possible it is dropped; all are counted.
 */
export class RedactionLogRecordProcessor implements LogRecordProcessorLike {
  /** What finds and redacts; may be given to other processors. */
  readonly redactor: Redactor;
  readonly #redaction: Redaction;
  readonly #delegate: LogRecordProcessorLike | undefined;
  #droppedByFailure = 0;

  /** @throws OptionError when an option is wrong. */
  constructor(options: RedactionLogRecordProcessorOptions = {}) {
    const { redactor, engine, delegate } = parseRedactionProcessorOptions(options);
    this.redactor = redactor;
    this.#redaction = {
      engine,
      failures: new FailureCounter('RedactionLogRecordProcessor', 'what cannot be redacted is masked'),
    };
    this.#delegate = delegate === undefined ? undefined : expectLogRecordProcessor('delegate', delegate);
  }

  /** What was redacted since construction, by this processor and others with the same redactor. */
  stats(): RedactionProcessorStats {
    return {
      ...this.#redaction.engine.stats(),
      failures: this.#redaction.failures.byOperation(),
      droppedByFailure: this.#droppedByFailure,
    };
  }

  /** Redacts a record and tells the delegate, if there is one. Never throws. */
  onEmit(logRecord: LogRecordLike, context?: Context): void {
    const startMillis = performance.now();
    const parts = this.#partsOf(logRecord);
    const next = this.#delegate === undefined ? this.#write(logRecord, parts) : this.#viewOf(logRecord, parts);
    this.#redaction.engine.countLogRecord(performance.now() - startMillis);
    if (next === undefined || this.#delegate === undefined) return;
    const { failures } = this.#redaction;
    try {
      absorbRejection(this.#delegate.onEmit(next, context), 'delegate.onEmit', failures);
    } catch (error) {
      failures.record('delegate.onEmit', error);
    }
  }

  /** What the delegate says. In place it is `false`: for its own sake it needs no records. */
  enabled(query: LogEnabledQuery): boolean {
    if (this.#delegate === undefined) return false;
    try {
      return this.#delegate.enabled?.(query) ?? true;
    } catch (error) {
      this.#redaction.failures.record('delegate.enabled', error);
      return true;
    }
  }

  /** Flushes the delegate. */
  async forceFlush(options?: { timeoutMillis?: number }): Promise<void> {
    await this.#delegate?.forceFlush(options);
  }

  /** Shuts the delegate down. */
  async shutdown(): Promise<void> {
    await this.#delegate?.shutdown();
  }

  #partsOf(record: LogRecordLike): RedactedLogParts | undefined {
    try {
      return redactLogRecord(this.#redaction, record);
    } catch (error) {
      this.#redaction.failures.record('read', error);
      return this.#redaction.engine.dryRun ? undefined : blankLogParts(this.#redaction, record);
    }
  }

  #viewOf(record: LogRecordLike, parts: RedactedLogParts | undefined): LogRecordLike | undefined {
    if (parts === undefined) return record;
    try {
      return new LogRecordView(record, parts);
    } catch (error) {
      this.#redaction.failures.record('read', error);
      this.#droppedByFailure++;
      return undefined;
    }
  }

  #write(record: LogRecordLike, parts: RedactedLogParts = {}): void {
    for (const [key, value] of Object.entries(parts)) {
      if (!overwrite(record, key, value)) this.#redaction.failures.record('overwrite', new TypeError());
    }
  }
}

function expectLogRecordProcessor(option: string, value: unknown): LogRecordProcessorLike {
  if (isLogRecordProcessor(value)) return value;
  throw new OptionError(option, 'to be a log record processor (onEmit, forceFlush, shutdown)', value);
}

function isLogRecordProcessor(value: unknown): value is LogRecordProcessorLike {
  return hasMethods(value, ['onEmit', 'forceFlush', 'shutdown']);
}
