import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { openllmetry } from '../../src/dialects/openllmetry.js';
import { mapAttributes } from '../../src/index.js';
import { capturedSpans, problemsOf } from './captured-spans.js';
import { anyUnder, changedUnreported, someFacts } from './dialect-laws.js';

const FILES = ['openllmetry-12', 'openllmetry-22', 'openllmetry-27'];
const KEYS = [
  ...new Set(
    FILES.flatMap((file) => Object.values(capturedSpans(file)).flat()).flatMap(({ attributes }) =>
      Object.keys(attributes),
    ),
  ),
  'gen_ai.prompt',
  'gen_ai.completion',
  'traceloop.span.kind',
  'traceloop.entity.name',
  'traceloop.entity.input',
  'traceloop.entity.output',
  'traceloop.association.properties',
  'traceloop.prompt.template_variables',
  'llm.chat.stop_sequences',
  'gen_ai.usage.cache_read_input_tokens',
];

describe('OpenLLMetry, whatever is in it', () => {
  it('loses on the way there and back only what it reports', () => {
    fc.assert(
      fc.property(someFacts, (facts) => expect(changedUnreported(openllmetry, facts)).toEqual([])),
      fuzz(150),
    );
  }, 60_000);

  it('takes any value under any of its keys, and in its events, and writes only what the conventions allow', () => {
    const events = fc.array(
      fc.record({ name: fc.constant('db.query.result'), attributes: anyUnder(['db.query.result']) }),
    );
    fc.assert(
      fc.property(anyUnder(KEYS), events, (attributes, some) => {
        for (const from of ['openllmetry', 'auto'] as const) {
          const options = { from, to: ['genai', 'openllmetry'], mode: 'replace', events: some } as const;
          const result = mapAttributes(attributes, options);
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
