import { validateInputMessages, validateOutputMessages } from '@genspan/semconv';
import type { MessagePart } from '@genspan/semconv';

/** Parts as they look on the wire, after the strict validators found nothing wrong with them in either direction. */
export function sound(parts: readonly MessagePart[]): unknown {
  const messages = JSON.stringify([{ role: 'assistant', parts }]);
  expect(validateInputMessages(messages)).toEqual([]);
  expect(validateOutputMessages(messages)).toEqual([]);
  return JSON.parse(JSON.stringify(parts)) as unknown;
}
