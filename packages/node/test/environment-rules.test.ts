import { diag } from '@opentelemetry/api';
import { readEnvironment } from '@genspan/configuration';
import { usableRules } from '../src/environment-rules.js';
import { captureDiag } from './captured-diag.js';

let errors: readonly string[];
beforeEach(() => void ({ errors } = captureDiag()));
afterEach(() => diag.disable());

describe('usableRules', () => {
  it('gives the rules as they are when all are right', () => {
    const rules = [{ name: 'a' }, { name: 'b', rate: 0.5, minTotalTokens: 100 }];
    expect(usableRules(rules)).toEqual(rules);
    expect(errors).toEqual([]);
  });

  it('leaves out those that are wrong, with one error each that names the rule', () => {
    const rules = [
      { name: 'good' },
      { name: 'typo', minTotalTokns: 5 },
      { name: 'share', rate: 1.5 },
      7,
      { name: 'good', rate: 0 },
      { name: 'pattern', attributes: { key: { regex: '(' } } },
      { rate: 0.5 },
      { name: 'also good', rate: 0.5 },
    ];
    expect(usableRules(rules)).toEqual([{ name: 'good' }, { name: 'also good', rate: 0.5 }]);
    expect(errors).toEqual([
      expect.stringMatching(
        /^OTEL_GENSPAN_SAMPLING_RULES: Expected `rules\[1\] "typo"` to have only .*"minTotalTokns"/,
      ),
      expect.stringContaining(': Expected `rules[2] "share".rate` between 0 and 1, got `1.5`; this rule is left out'),
      expect.stringContaining(': Expected `rules[3]` to be an object, got `7`; this rule is left out'),
      expect.stringContaining(': Expected `rules[4].name` to be different from the names of other rules'),
      expect.stringContaining(': Expected `rules[5] "pattern".attributes["key"].regex` to be a regular expression'),
      expect.stringContaining(': Expected `rules[6].name` to be a non-empty string'),
    ]);
  });

  it('does not mind how deep they are nested', () => {
    const deep = `${'{"not":'.repeat(20_000)}{}${'}'.repeat(20_000)}`;
    const text = `[{"name":"deep","not":${deep}}]`;
    expect(usableRules(readEnvironment({ OTEL_GENSPAN_SAMPLING_RULES: text }).model.sampling.rules)).toEqual([]);
  });
});
