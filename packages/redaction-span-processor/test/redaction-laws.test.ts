import fc from 'fast-check';
import { DETECTOR_NAMES, Redactor } from '../src/index.js';
import type { RedactionMatch, RedactorOptions } from '../src/index.js';
import { SECRETS } from './secret-values.js';

const RUNS = 150;
const ALL = { detectors: DETECTOR_NAMES };

const MODES: readonly [string, RedactorOptions][] = [
  ['mask', {}],
  ['mask with labels', { labels: true }],
  ['hash', { mode: 'hash', hashKey: 'key of the test' }],
  ['hash with labels', { mode: 'hash', hashKey: 'key of the test', labels: true }],
  ['remove', { mode: 'remove' }],
  ['partial', { mode: 'partial' }],
  ['partial, eight kept, with labels', { mode: 'partial', keepLast: 8, labels: true }],
];

const secret = fc.constantFrom(...DETECTOR_NAMES).chain((detector) => SECRETS[detector].map(({ text }) => text));
const between = fc.constantFrom(
  ' ',
  ', ',
  '\n',
  ' and ',
  '; ',
  ' | ',
  '"',
  ': ',
  ' (',
  ') ',
  '中',
  ' = ',
  '/',
  '.',
  '-',
);
const piece = fc.oneof(
  secret,
  between,
  between,
  fc.constantFrom('', 'the key is', '[REDACTED]', '1', 'x@y', '+1 ', 'eyJ'),
);
/** Secrets, words and signs in any order, with or without a space between them. */
const textsWith = (...separators: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(piece, fc.constantFrom(...separators)), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.flat().join(''));
const texts = textsWith(' ');
const touching = textsWith('', '', ' ');
const json = fc
  .jsonValue({ maxDepth: 3 })
  .chain((value) =>
    fc.tuple(texts, texts, fc.nat()).map(([text, key, number]) => ({ value, text, [key]: [number, text] })),
  )
  .map((value) => JSON.stringify(value));

/** What a string in JSON is written like: secrets, with escapes on both sides. */
const escapedTexts = fc
  .array(
    fc.oneof(
      secret.map((text) => JSON.stringify(text).slice(1, -1)),
      fc.constantFrom(...['\\n', '\\t', '\\b', '\\"', '\\\\', '\\/', '-', ' ']),
      fc.constantFrom(
        ...['0000', '0022', '0031', '003a', '003c', '0040', '0041', '005c', '00a0', 'd83d'].map((hex) => `\\u${hex}`),
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe.each(MODES)('in mode %s', (_, options) => {
  const redactor = new Redactor({ ...ALL, ...options });
  const redact = (text: string) => redactor.redactText(text);

  it('a second time changes nothing in a text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: RUNS },
    );
  });

  it('a second time changes nothing in a text whose secrets touch', () => {
    fc.assert(
      fc.property(touching, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
      { numRuns: RUNS },
    );
  });

  it('a second time changes nothing in JSON, nor in a value', () => {
    fc.assert(
      fc.property(json, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
        const value = redactor.redactValue(JSON.parse(text));
        expect(redactor.redactValue(value)).toBe(value);
      }),
      { numRuns: RUNS },
    );
  });

  it('JSON stays JSON, whatever escapes are beside a secret', () => {
    fc.assert(
      fc.property(escapedTexts, fc.nat(2), (content, levels) => {
        let text = `{"a":"${content}"}`;
        for (let level = 0; level < levels; level++) text = JSON.stringify({ a: text });
        const once = redact(text);
        let inner: unknown = once;
        for (let level = 0; level <= levels; level++) inner = (JSON.parse(String(inner)) as { a: unknown }).a;
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it('JSON stays JSON of the same form', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2, '\t'), (text, space) => {
        const before: unknown = JSON.parse(text);
        const after: unknown = JSON.parse(redact(JSON.stringify(before, null, space)));
        expect(formOf(after)).toEqual(formOf(before));
      }),
      { numRuns: RUNS },
    );
  });
});

/** Kinds of values by their place; keys do not matter, since secrets in them are redacted, and may become equal then. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(formOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : scalarOf(value);
  const forms = Object.values(value).map((member) => JSON.stringify(formOf(member)));
  return { members: [...new Set(forms)].sort() };
}

/** A number that is redacted becomes a text. */
const scalarOf = (value: unknown) => (typeof value === 'number' ? 'string' : typeof value);

const redactor = new Redactor(ALL);

it('a text in which nothing is found comes back as it is, and so does a value', () => {
  const plain = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem(), fc.json());
  fc.assert(
    fc.property(plain, fc.object(), (text, value) => {
      if (redactor.find(text).length === 0) expect(redactor.redactText(text)).toBe(text);
      const redacted = redactor.redactValue(value);
      if (JSON.stringify(redacted) === JSON.stringify(value)) expect(redacted).toBe(value);
    }),
    { numRuns: 2 * RUNS },
  );
});

it('given values are not changed', () => {
  fc.assert(
    fc.property(json, (text) => {
      const value: unknown = JSON.parse(text);
      redactor.redactValue(value);
      expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: RUNS },
  );
});

describe('matches', () => {
  it('are in order, within the text, and of detectors that there are', () => {
    fc.assert(
      fc.property(touching, (text) => {
        let last = 0;
        for (const { detector, start, end } of redactor.find(text)) {
          expect(DETECTOR_NAMES).toContain(detector);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = end;
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('are all that changes in a text, also where detectors overlap', () => {
    const overlapping = fc.oneof(
      touching,
      fc.tuple(secret, secret).map(([a, b]) => `Bearer ${a} password=${b}`),
      fc.tuple(secret, secret).map(([a, b]) => `https://${a}:${b}@host.org/?token=${a}`),
      fc.tuple(secret, secret).map(([a, b]) => `postgres://u:${a}@${b}`),
      fc.tuple(secret, secret).map(([a, b]) => `api_key: "${a}${b}"`),
    );
    fc.assert(
      fc.property(overlapping, (text) => {
        fc.pre(!/^\s*[[{]/.test(text));
        // What is beside a secret may be found once that is gone.
        let expected = text;
        for (let found = redactor.find(text); found.length > 0; found = redactor.find(expected)) {
          expected = masked(expected, found);
        }
        expect(redactor.redactText(text)).toBe(expected);
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it('are none where nothing is redacted, and some where something is', () => {
    fc.assert(
      fc.property(touching, (text) => {
        expect(redactor.find(text).length === 0).toBe(redactor.redactText(text) === text);
      }),
      { numRuns: RUNS },
    );
  });
});

it('a dry run changes nothing, and counts the same', () => {
  const dry = new Redactor({ ...ALL, dryRun: true });
  const wet = new Redactor(ALL);
  fc.assert(
    fc.property(texts, (text) => {
      expect(dry.redactText(text)).toBe(text);
      wet.redactText(text);
      expect(dry.stats().matches).toEqual(wet.stats().matches);
    }),
    { numRuns: RUNS },
  );
});

function masked(text: string, matches: readonly RedactionMatch[]): string {
  let last = 0;
  const outside = matches.map(({ start, end }) => {
    const before = text.slice(last, start);
    last = end;
    return before;
  });
  return [...outside, text.slice(last)].join('[REDACTED]');
}
