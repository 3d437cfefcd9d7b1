import type { ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { SpanTooLargeError, withByteWriter } from './byte-writer.js';
import type { ByteWriter } from './byte-writer.js';
import { CUT_LIMITS, cutSpan } from './cut-span.js';
import type { Envelope, OtlpFormat } from './otlp-format.js';
import { RequestPacker } from './request-packer.js';
import type { PackedRequest } from './request-packer.js';
import { groupSpans } from './span-groups.js';

/** How long requests may become. */
export interface PackLimits {
  readonly maxRequestBytes: number;
  /** What becomes of a span that is longer alone: cut down to its envelope, or in a request of its own that is too long. */
  readonly oversize: 'cut' | 'alone';
}

/** Spans as requests, and what did not become part of one. */
export interface PackedSpans {
  readonly requests: readonly PackedRequest[];
  /** One at most, with the first error. */
  readonly losses: readonly SpanLoss[];
  /** Spans of which the envelope alone is sent. */
  readonly cutSpans: number;
}

/** Encodes spans as few requests. Never throws: what cannot be encoded is lost, and said so. Takes time by the bytes it writes. */
export function packSpans(spans: readonly ReadableSpanLike[], format: OtlpFormat, limits: PackLimits): PackedSpans {
  return withByteWriter((writer) => new Packing(writer, format, limits).run(spans));
}

class Packing {
  readonly #writer: ByteWriter;
  readonly #format: OtlpFormat;
  readonly #limits: PackLimits;
  readonly #packer: RequestPacker;
  readonly #lost: ReadableSpanLike[] = [];
  #firstError: Error | undefined;
  #cutSpans = 0;

  constructor(writer: ByteWriter, format: OtlpFormat, limits: PackLimits) {
    this.#writer = writer;
    this.#format = format;
    this.#limits = limits;
    this.#packer = new RequestPacker(writer, format);
  }

  run(spans: readonly ReadableSpanLike[]): PackedSpans {
    const groups = groupSpans(spans, (span, error) => this.#lose([span], error));
    for (const { resource, scopes } of groups) {
      const inResource = scopes.flatMap((group) => group.spans);
      const opened = this.#envelope(inResource, () => this.#format.envelopeOfResource(this.#writer, resource));
      if (opened === undefined) continue;
      this.#packer.openResource(opened);
      for (const group of scopes) {
        const scope = this.#envelope(group.spans, () => this.#format.envelopeOfScope(this.#writer, group.scope));
        if (scope === undefined) continue;
        this.#packer.openScope(scope);
        for (const span of group.spans) this.#add(span);
      }
    }
    this.#packer.close();
    const losses: SpanLoss[] = [];
    if (this.#firstError !== undefined) {
      losses.push({ reason: 'encoding', count: this.#lost.length, spans: this.#lost, error: this.#firstError });
    }
    return { requests: this.#packer.requests, losses, cutSpans: this.#cutSpans };
  }

  #envelope(spans: readonly ReadableSpanLike[], make: () => Envelope): Envelope | undefined {
    try {
      return make();
    } catch (error) {
      this.#lose(spans, error);
      return undefined;
    }
  }

  #add(span: ReadableSpanLike): void {
    const start = this.#writer.position;
    try {
      this.#write(span);
      const wholeBytes = this.#writer.position - start - this.#format.separator.length;
      if (!this.#packer.add(span, start, this.#limits.maxRequestBytes)) this.#addOversize(span, wholeBytes);
    } catch (error) {
      const wholeBytes = this.#writer.position - start;
      this.#writer.position = start;
      if (error instanceof SpanTooLargeError && this.#limits.oversize === 'cut') this.#tryToCut(span, wholeBytes);
      else this.#lose([span], error);
    }
  }

  #addOversize(span: ReadableSpanLike, wholeBytes: number): void {
    if (this.#limits.oversize === 'cut') {
      this.#tryToCut(span, wholeBytes);
      return;
    }
    const start = this.#writer.position;
    this.#write(span);
    this.#packer.add(span, start, Infinity);
    this.#packer.close();
  }

  #tryToCut(span: ReadableSpanLike, wholeBytes: number): void {
    const start = this.#writer.position;
    try {
      for (const maxValueBytes of CUT_LIMITS) {
        const from = this.#writer.position;
        this.#write(cutSpan(span, wholeBytes, maxValueBytes));
        if (this.#packer.add(span, from, this.#limits.maxRequestBytes)) {
          this.#cutSpans++;
          return;
        }
      }
      this.#lose([span], new RangeError('Expected a span that fits into a request when it is cut to its envelope'));
    } catch (error) {
      this.#writer.position = start;
      this.#lose([span], error);
    }
  }

  #write(span: ReadableSpanLike): void {
    const { separator } = this.#format;
    const writer = this.#writer;
    writer.startItem();
    if (separator.length > 0) {
      writer.reserve(separator.length);
      writer.position += separator.copy(writer.bytes, writer.position);
    }
    this.#format.writeSpan(writer, span);
  }

  #lose(spans: readonly ReadableSpanLike[], error: unknown): void {
    this.#lost.push(...spans);
    this.#firstError ??= error instanceof Error ? error : new Error('Threw something that is not an Error');
  }
}
