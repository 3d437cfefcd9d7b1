/** A frame as V8 writes it, with a position at its end. */
const FRAME = /^ {4}at .*(?::\d+:\d+\)?|<anonymous>\)?|native\)?|index \d+\))$/;

/**
 * The frames of an exception's stack, without its head, which repeats the message over as many lines as the message
 * has. API errors repeat what was sent in their message, and what was sent may look like a stack itself. So frames are
 * taken from behind the message only, up to the first line that is none (what libraries append about causes repeats
 * messages too).
 *
 * @returns `undefined` where the stack does not have the message, as when it was changed later: what is frame and what
 * is content cannot be told then
 */
export function stackFrames(exception: Error): string | undefined {
  const { message, stack } = exception;
  if (typeof stack !== 'string' || typeof message !== 'string') return undefined;
  const messageAt = stack.indexOf(message);
  if (messageAt < 0) return undefined;
  const [, ...lines] = stack.slice(messageAt + message.length).split('\n');
  const end = lines.findIndex((line) => !FRAME.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).join('\n');
}
