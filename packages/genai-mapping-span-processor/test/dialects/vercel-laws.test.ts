import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { vercel } from '../../src/dialects/vercel.js';
import { mapAttributes } from '../../src/index.js';
import { capturedSpans, problemsOf } from './captured-spans.js';
import { anyUnder, changedUnreported, someFacts } from './dialect-laws.js';

const FILES = ['vercel-4', 'vercel-5', 'vercel-6', 'vercel-7', 'vercel-7-genai'];
const KEYS = [
  ...new Set(
    FILES.flatMap((file) => Object.values(capturedSpans(file)).flat()).flatMap(({ attributes }) =>
      Object.keys(attributes),
    ),
  ),
  'ai.documents',
  'ai.ranking',
  'ai.response.files',
  'ai.request.text',
  'ai.settings.context',
];

describe('the Vercel AI SDK, whatever is in it', () => {
  it('loses on the way there and back only what it reports', () => {
    fc.assert(
      fc.property(someFacts, (facts) => expect(changedUnreported(vercel, facts)).toEqual([])),
      fuzz(150),
    );
  }, 60_000);

  it('takes any value under any of its keys, and writes only what the conventions allow', () => {
    fc.assert(
      fc.property(anyUnder(KEYS), fc.constantFrom('ai', 'gen_ai', undefined), (attributes, scopeName) => {
        const scope = scopeName === undefined ? {} : { scopeName };
        for (const from of ['vercel', 'auto'] as const) {
          const result = mapAttributes(attributes, { from, to: ['genai', 'vercel'], mode: 'replace', ...scope });
          expect(result.failed).toEqual([]);
          const fresh = Object.entries(result.attributes).filter(
            ([key, value]) => !isDeepStrictEqual(attributes[key], value),
          );
          expect(problemsOf(Object.fromEntries(fresh))).toEqual([]);
        }
      }),
      fuzz(400),
    );
  }, 60_000);
});
