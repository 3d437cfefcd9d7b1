import type { MessagePart } from '@genspan/semconv';

/**
 * Says that files went along with a request. What they hold is never looked at: an upload is a stream, a `File` or a
 * response body, and reading it would take it from the client. Its name is the user's own text.
 *
 * @param value - one upload or a list of them
 */
export function uploadParts(value: unknown, modality: string): MessagePart[] {
  const uploads: readonly unknown[] = Array.isArray(value) ? value : [value];
  return uploads.filter((upload) => upload != null).map(() => ({ type: 'upload', modality }));
}
