import type { InstrumentationScopeLike, ReadableSpanLike, ResourceLike } from '@genspan/span-processor-base';
import type { ByteWriter } from './byte-writer.js';

/** What stands around the members of a group, with what the group says of itself. */
export interface Envelope {
  readonly head: Buffer;
  readonly tail: Buffer;
}

/**
 * How a request is put together: it is a list of resources, each a list of scopes, each a list of spans. Every member of a
 * list is its frame, its envelope's head, its members, its envelope's tail.
 */
export interface OtlpFormat {
  /** Around the whole request. */
  readonly request: Envelope;
  /** Between two members of a list. */
  readonly separator: Buffer;
  /** @param writer - used for a moment, and left as it was */
  envelopeOfResource(writer: ByteWriter, resource: ResourceLike): Envelope;
  /** @param writer - used for a moment, and left as it was */
  envelopeOfScope(writer: ByteWriter, scope: InstrumentationScopeLike): Envelope;
  /** Bytes of the frame around a scope or a resource of `contentBytes`. */
  frameBytes(contentBytes: number): number;
  /** Puts the frame of a scope or a resource, and returns the position after it. */
  putFrame(bytes: Buffer, at: number, group: 'resource' | 'scope', contentBytes: number): number;
  /** Appends a span as a member, without separator. @throws when it cannot be encoded */
  writeSpan(writer: ByteWriter, span: ReadableSpanLike): void;
}
