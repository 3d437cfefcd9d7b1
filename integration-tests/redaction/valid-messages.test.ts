import fc from 'fast-check';
import { DETECTOR_NAMES, Redactor } from '@genspan/redaction-span-processor';
import type { RedactorOptions } from '@genspan/redaction-span-processor';
import { SECRETS } from '../../packages/redaction-span-processor/test/secret-values.js';
import { inputMessages, outputMessages } from '@genspan/test-utils';
import { officialSchema } from '../../packages/semconv/test/official-schemas.js';

const MODES: readonly RedactorOptions[] = [
  { mode: 'mask', labels: true },
  { mode: 'hash', hashKey: 'key of the test' },
  { mode: 'remove' },
  { mode: 'partial', keepLast: 8 },
];
const MESSAGES = [
  ['input-messages', inputMessages],
  ['output-messages', outputMessages],
] as const;

const secret = fc.constantFrom(...DETECTOR_NAMES).chain((detector) => SECRETS[detector].map(({ text }) => text));

describe.each(MODES)('messages with secrets in all their texts, redacted with %p', (options) => {
  const redactor = new Redactor({ ...options, detectors: DETECTOR_NAMES });

  it.each(MESSAGES)('are still %s of the conventions', (name, messages) => {
    const isValid = officialSchema('current', name);
    const planted = fc
      .tuple(messages, fc.infiniteStream(secret))
      .map(([all, secrets]) => plant(all, () => String(secrets.next().value)));
    fc.assert(
      fc.property(planted, (before) => {
        fc.pre(isValid(before));
        const text = redactor.redactMessages(JSON.stringify(before));
        expect(isValid(JSON.parse(text))).toBe(true);
        expect(isValid(redactor.redactMessages(before as unknown[]))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

/** Texts of parts with secrets in them: contents, and strings in arguments and responses. */
function plant(value: unknown, secretText: () => string, key = ''): unknown {
  if (typeof value === 'string') {
    return /^(?:type|role|name|id|modality|mime_type|finish_reason|uri|file_id)$/.test(key)
      ? value
      : `${value} ${secretText()}`;
  }
  if (Array.isArray(value)) return value.map((item) => plant(item, secretText, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plant(member, secretText, name)]));
}
