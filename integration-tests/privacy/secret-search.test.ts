import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { SECRET_SHAPES, SecretField, type SecretShape } from './planted-secrets.js';
import { SecretSearch } from './secret-search.js';

/** Ways in which a secret could leave. */
const WRITTEN: Readonly<Record<string, (secret: string) => string | Buffer>> = {
  'as it is': (secret) => secret,
  'in JSON': (secret) => JSON.stringify({ secret }),
  'in JSON in JSON': (secret) => JSON.stringify([JSON.stringify({ secret })]),
  'in JSON in JSON in JSON': (secret) => JSON.stringify(JSON.stringify([JSON.stringify({ secret })])),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64 of something longer': (secret) => Buffer.from(`x${secret}yz`).toString('base64'),
  'in base64 of something even longer': (secret) => Buffer.from(`xx${secret}yz`).toString('base64url'),
  'in a URL': (secret) => encodeURIComponent(secret),
  'in a query': (secret) => new URLSearchParams({ secret }).toString(),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
  'in lower case': (secret) => secret.toLowerCase(),
};

function secretOf(shape: SecretShape, index: number): SecretField {
  const secrets = new SecretField();
  for (let i = 0; i <= index; i++) secrets.at(`place ${i}`, shape);
  return secrets;
}

describe('the search for secrets', () => {
  it.each(Object.entries(WRITTEN))('finds a secret %s, anywhere in bytes', (_, write) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SECRET_SHAPES),
        fc.nat(20),
        fc.uint8Array(),
        fc.uint8Array(),
        (shape, index, before, after) => {
          const secrets = secretOf(shape, index);
          const written = Buffer.from(write(secrets.at(`place ${index}`, shape)));
          const findings = new SecretSearch(secrets.all).findIn('bytes', Buffer.concat([before, written, after]));
          expect(new Set(findings.map(({ secret }) => secret.place))).toEqual(new Set([`place ${index}`]));
        },
      ),
    );
  });

  it.each(SECRET_SHAPES.filter((shape) => shape !== 'short'))('finds half of a secret (%s)', (shape) => {
    const secrets = secretOf(shape, 3);
    const search = new SecretSearch(secrets.all);
    for (const { place, value, pieces } of secrets.all) {
      expect(pieces.join('')).toBe(value);
      for (const half of pieces) {
        expect(search.findIn('bytes', Buffer.from(`<${half}>`)).map(({ secret }) => secret.place)).toContain(place);
      }
    }
  });

  it('does not see through compression, which is why it is off in what is searched', () => {
    const secrets = secretOf('text', 0);
    const bytes = gzipSync(secrets.at('place 0', 'text').repeat(3));
    expect(new SecretSearch(secrets.all).findIn('bytes', bytes)).toEqual([]);
  });

  it('gives every place a secret of its own, and the same place the same one', () => {
    const secrets = new SecretField();
    const values = Array.from({ length: 20_000 }, (_, index) => secrets.at(`place ${index}`, 'short'));
    expect(new Set(values).size).toBe(values.length);
    expect(secrets.at('place 7', 'short')).toBe(values[7]);
  });
});
