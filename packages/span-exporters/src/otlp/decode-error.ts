/** Bytes that are no OTLP request. The message says what was wrong, and holds nothing of what was read. */
export class OtlpDecodeError extends Error {
  override readonly name = 'OtlpDecodeError';
}
