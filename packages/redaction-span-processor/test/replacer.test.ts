import { createHash, createHmac } from 'node:crypto';
import { diag } from '@opentelemetry/api';
import type { DiagLogger } from '@opentelemetry/api';
import { createReplacer } from '../src/replacer.js';
import type { ReplacerOptions } from '../src/replacer.js';

function replacer(options: Partial<ReplacerOptions>) {
  return createReplacer({ mode: 'mask', labels: false, hashKey: 'key', keepLast: 4, ...options });
}

describe('mask', () => {
  it('is the same for every secret', () => {
    expect(replacer({}).replace('ann@example.com', 'email')).toBe('[REDACTED]');
  });

  it('says what was found when labels are on', () => {
    const { replace } = replacer({ labels: true });
    expect(replace('ann@example.com', 'email')).toBe('[REDACTED:email]');
    expect(replace('4111', 'payment_card')).toBe('[REDACTED:payment_card]');
    expect(replace('bob@example.com', 'email')).toBe('[REDACTED:email]');
  });
});

describe('hash', () => {
  const hmac = (secret: string, key: string): string =>
    createHmac('sha256', key).update(secret).digest('hex').slice(0, 16);

  it('is the start of the HMAC-SHA-256 under the key', () => {
    expect(replacer({ mode: 'hash', hashKey: 'k1' }).replace('ann', 'email')).toBe(`[HASH:${hmac('ann', 'k1')}]`);
    expect(replacer({ mode: 'hash', labels: true }).replace('ann', 'email')).toBe(`[HASH:email:${hmac('ann', 'key')}]`);
  });

  it('takes a text and its UTF-8 bytes for the same key, and keeps the key it was given', () => {
    const bytes = new TextEncoder().encode('schlüssel');
    const { replace } = replacer({ mode: 'hash', hashKey: bytes });
    bytes.fill(0);
    expect(replace('ann', 'email')).toBe(`[HASH:${hmac('ann', 'schlüssel')}]`);
  });

  it('without a key is plain SHA-256 and warns once that values can be guessed', () => {
    const warnings: string[] = [];
    const ignore = (): void => undefined;
    const logger: DiagLogger = {
      debug: ignore,
      error: ignore,
      info: ignore,
      verbose: ignore,
      warn: (message) => void warnings.push(message),
    };
    diag.setLogger(logger, { suppressOverrideMessage: true });
    const keyless = [1, 2].map(() => replacer({ mode: 'hash', hashKey: undefined }));
    diag.disable();
    const hash = createHash('sha256').update('ann').digest('hex').slice(0, 16);
    expect(keyless.map(({ replace }) => replace('ann', 'email'))).toEqual([`[HASH:${hash}]`, `[HASH:${hash}]`]);
    expect(warnings).toEqual([expect.stringContaining('`hashKey`')]);
  });
});

describe('remove', () => {
  it('leaves nothing', () => {
    expect(replacer({ mode: 'remove', labels: true }).replace('ann@example.com', 'email')).toBe('');
  });
});

describe('partial', () => {
  it.each([
    ['4111111111111111', 4, '[REDACTED]1111'],
    ['12345678', 4, '[REDACTED]5678'],
    ['1234567', 4, '[REDACTED]'],
    ['12', 1, '[REDACTED]2'],
    ['1', 1, '[REDACTED]'],
    ['', 1, '[REDACTED]'],
    ['abcdefgh🙂x', 2, '[REDACTED]x'],
    ['abcdefgh🙂x', 3, '[REDACTED]🙂x'],
  ])('of %s keeps the last %i unless that is too much of it', (secret, keepLast, mark) => {
    expect(replacer({ mode: 'partial', keepLast }).replace(secret, 'x')).toBe(mark);
  });

  it('says what was found when labels are on', () => {
    expect(replacer({ mode: 'partial', labels: true }).replace('12345678', 'phone')).toBe('[REDACTED:phone]5678');
  });
});
