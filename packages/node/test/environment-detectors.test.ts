import { diag } from '@opentelemetry/api';
import { usableDetectors } from '../src/environment-detectors.js';
import { captureDiag } from './captured-diag.js';

let errors: readonly string[];
beforeEach(() => void ({ errors } = captureDiag()));
afterEach(() => diag.disable());

const told = (got: string, consequence: string): unknown =>
  expect.stringMatching(
    `^OTEL_GENSPAN_REDACTION_DETECTORS: expected names out of email, phone, .*, got ${got}; ${consequence}$`,
  );

describe('usableDetectors', () => {
  it.each([
    [undefined, {}],
    [[], { detectors: [], includeDefaults: false }],
    [['email', 'jwt'], { detectors: ['email', 'jwt'], includeDefaults: false }],
    [['+ipv4', '-phone'], { detectors: { ipv4: true, phone: false } }],
    [['+phone', '-phone'], { detectors: { phone: true } }],
  ])('makes of %j %j', (items, options) => {
    expect(usableDetectors(items)).toEqual(options);
    expect(errors).toEqual([]);
  });

  it('keeps the default detectors when a name in a list is unknown', () => {
    expect(usableDetectors(['ipv4', 'e-mail', 'phnoe'])).toEqual({ detectors: ['ipv4'], includeDefaults: true });
    const consequence = 'it is left out and all default detectors are on';
    expect(errors).toEqual([told('"e-mail"', consequence), told('"phnoe"', consequence)]);
  });

  it('leaves a change out when its name is unknown', () => {
    expect(usableDetectors(['-phnoe', '+ipv4', '+'])).toEqual({ detectors: { ipv4: true } });
    expect(errors).toEqual([told('"phnoe"', 'it is left out'), told('0 characters', 'it is left out')]);
  });

  it('does not repeat what may be a key', () => {
    usableDetectors([['sk', 'x1Y2'.repeat(12)].join('-'), 'Secret!']);
    expect(errors.join()).toMatch(/got 51 characters;.*got 7 characters;/s);
    expect(errors.join()).not.toContain('x1Y2');
  });
});
