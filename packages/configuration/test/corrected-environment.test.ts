import { withCorrectedEnvironment } from '../src/index.js';

describe('withCorrectedEnvironment', () => {
  const corrections = new Map([
    ['GENSPAN_TEST_REPLACED', 'new'],
    ['GENSPAN_TEST_REMOVED', undefined],
    ['GENSPAN_TEST_ADDED', 'there'],
  ]);
  const seen = () => ['REPLACED', 'REMOVED', 'ADDED'].map((name) => process.env[`GENSPAN_TEST_${name}`]);

  beforeEach(() => {
    process.env['GENSPAN_TEST_REPLACED'] = 'old';
    process.env['GENSPAN_TEST_REMOVED'] = 'old';
    delete process.env['GENSPAN_TEST_ADDED'];
  });

  it('shows the corrections to the work, and the old environment afterwards', () => {
    expect(withCorrectedEnvironment(corrections, seen)).toEqual(['new', undefined, 'there']);
    expect(seen()).toEqual(['old', 'old', undefined]);
  });

  it('puts the environment back when the work throws', () => {
    const fail = () => {
      throw new Error('no');
    };
    expect(() => withCorrectedEnvironment(corrections, fail)).toThrow('no');
    expect(seen()).toEqual(['old', 'old', undefined]);
  });
});
