import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { ByteWriter } from './byte-writer.js';
import type { Envelope, OtlpFormat } from './otlp-format.js';

/** A request that is full, or the last one. */
export interface PackedRequest {
  readonly bytes: Buffer;
  readonly spans: readonly ReadableSpanLike[];
}

/** Spans of one scope within a request: they stand one after the other in the writer, each after a separator. */
interface ScopePart {
  readonly envelope: Envelope;
  readonly start: number;
  end: number;
}

interface ResourcePart {
  readonly envelope: Envelope;
  readonly scopes: ScopePart[];
  /** Of the scopes but the last, with their frames and separators. */
  closedBytes: number;
}

/**
 * Puts encoded spans together to requests, each as full as the next span allows. A span is encoded once, into the writer; when
 * a request is full it is copied out and the writer starts again.
 */
export class RequestPacker {
  readonly requests: PackedRequest[] = [];
  readonly #writer: ByteWriter;
  readonly #format: OtlpFormat;
  #resources: ResourcePart[] = [];
  /** Of the resources but the last, with their frames and separators. */
  #closedBytes = 0;
  #spans: ReadableSpanLike[] = [];
  #resource: Envelope | undefined;
  #scope: Envelope | undefined;

  constructor(writer: ByteWriter, format: OtlpFormat) {
    this.#writer = writer;
    this.#format = format;
  }

  /** The spans to come are of this resource. */
  openResource(envelope: Envelope): void {
    this.#resource = envelope;
    this.#scope = undefined;
  }

  /** The spans to come are of this scope. */
  openScope(envelope: Envelope): void {
    this.#scope = envelope;
  }

  /**
   * Adds the span that was written from `start` on, separator first; closes the request before it when that would become longer
   * than `maxBytes`. Returns whether it did; if a request of this span alone is too long, the span is taken back.
   */
  add(span: ReadableSpanLike, start: number, maxBytes: number): boolean {
    const writer = this.#writer;
    let from = start;
    if (this.#bytesWith(writer.position - from) > maxBytes) {
      if (this.#spans.length > 0) {
        this.close(from);
        from = 0;
      }
      if (this.#bytesWith(writer.position - from) > maxBytes) {
        writer.position = from;
        return false;
      }
    }
    this.#scopePart(from).end = writer.position;
    this.#spans.push(span);
    return true;
  }

  /** Closes the request; what was written from `start` on does not belong to it, and stands at 0 then. */
  close(start = this.#writer.position): void {
    const writer = this.#writer;
    if (this.#spans.length > 0) this.requests.push({ bytes: this.#assemble(), spans: this.#spans });
    writer.bytes.copyWithin(0, start, writer.position);
    writer.position -= start;
    this.#spans = [];
    this.#resources = [];
    this.#closedBytes = 0;
  }

  /** Bytes of the request with another span of the open scope, which takes `spanBytes` with its separator. */
  #bytesWith(spanBytes: number): number {
    const { resource, scope } = this.#opened();
    const separator = this.#format.separator.length;
    const last = this.#resources.at(-1);
    if (last?.envelope !== resource) {
      const before = last === undefined ? 0 : this.#closedBytes + this.#resourceBytes(last) + separator;
      return this.#requestBytes(before + this.#framed(resource, this.#framed(scope, spanBytes - separator)));
    }
    const lastScope = last.scopes.at(-1);
    const inResource =
      lastScope?.envelope === scope
        ? last.closedBytes + this.#framed(scope, this.#spanBytes(lastScope) + spanBytes)
        : last.closedBytes + this.#lastScopeBytes(last) + separator + this.#framed(scope, spanBytes - separator);
    return this.#requestBytes(this.#closedBytes + this.#framed(resource, inResource));
  }

  /** The part of the open scope, which spans may be added to. */
  #scopePart(start: number): ScopePart {
    const { resource, scope } = this.#opened();
    const separator = this.#format.separator.length;
    let last = this.#resources.at(-1);
    if (last?.envelope !== resource) {
      if (last !== undefined) this.#closedBytes += this.#resourceBytes(last) + separator;
      last = { envelope: resource, scopes: [], closedBytes: 0 };
      this.#resources.push(last);
    }
    let part = last.scopes.at(-1);
    if (part?.envelope !== scope) {
      if (part !== undefined) last.closedBytes += this.#lastScopeBytes(last) + separator;
      part = { envelope: scope, start, end: start };
      last.scopes.push(part);
    }
    return part;
  }

  #opened(): { resource: Envelope; scope: Envelope } {
    if (this.#resource === undefined || this.#scope === undefined) throw new Error('Expected an open scope');
    return { resource: this.#resource, scope: this.#scope };
  }

  #requestBytes(contentBytes: number): number {
    const { head, tail } = this.#format.request;
    return head.length + contentBytes + tail.length;
  }

  #resourceBytes(part: ResourcePart): number {
    return this.#framed(part.envelope, part.closedBytes + this.#lastScopeBytes(part));
  }

  #lastScopeBytes({ scopes }: ResourcePart): number {
    const last = scopes.at(-1);
    return last === undefined ? 0 : this.#framed(last.envelope, this.#spanBytes(last));
  }

  /** Without the separator in front of the first one. */
  #spanBytes({ start, end }: ScopePart): number {
    return end - start - this.#format.separator.length;
  }

  #framed({ head, tail }: Envelope, memberBytes: number): number {
    const contentBytes = head.length + memberBytes + tail.length;
    return this.#format.frameBytes(contentBytes) + contentBytes;
  }

  #assemble(): Buffer {
    const format = this.#format;
    const last = this.#resources.at(-1);
    const total = this.#requestBytes(this.#closedBytes + (last === undefined ? 0 : this.#resourceBytes(last)));
    const bytes = Buffer.allocUnsafeSlow(total);
    let at = put(bytes, 0, format.request.head);
    this.#resources.forEach((part, i) => {
      if (i > 0) at = put(bytes, at, format.separator);
      at = this.#putResource(bytes, at, part);
    });
    put(bytes, at, format.request.tail);
    return bytes;
  }

  #putResource(bytes: Buffer, start: number, part: ResourcePart): number {
    const { head, tail } = part.envelope;
    const memberBytes = part.closedBytes + this.#lastScopeBytes(part);
    let at = this.#format.putFrame(bytes, start, 'resource', head.length + memberBytes + tail.length);
    at = put(bytes, at, head);
    part.scopes.forEach((scope, i) => {
      if (i > 0) at = put(bytes, at, this.#format.separator);
      at = this.#putScope(bytes, at, scope);
    });
    return put(bytes, at, tail);
  }

  #putScope(bytes: Buffer, start: number, part: ScopePart): number {
    const { head, tail } = part.envelope;
    let at = this.#format.putFrame(bytes, start, 'scope', head.length + this.#spanBytes(part) + tail.length);
    at = put(bytes, at, head);
    at += this.#writer.bytes.copy(bytes, at, part.start + this.#format.separator.length, part.end);
    return put(bytes, at, tail);
  }
}

function put(bytes: Buffer, at: number, part: Buffer): number {
  return at + part.copy(bytes, at);
}
