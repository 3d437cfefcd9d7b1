/** A pattern whose work cannot be bounded, or not by this check; the message completes "the pattern …". */
export class UndecidedError extends Error {
  override readonly name = 'UndecidedError';
}
