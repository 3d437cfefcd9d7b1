import { assignedValue } from './assigned-value.js';
import type { DetectorName } from './detector-name.js';
import { detectorForName } from './detectors/assigned-secrets.js';
import type { RedactionMatch } from './redaction-match.js';
import { secrecyOf } from './secret-names.js';
import { isSecretValue } from './secret-value.js';
import type { SecretField } from './secret-value.js';

/**
 * What is secret in `text` because it is the value of a field with this name: all of it, or what is behind the scheme of an
 * `Authorization` header.
 */
export function secretUnderName(
  text: string,
  name: string,
  detectors: ReadonlySet<DetectorName>,
): RedactionMatch | undefined {
  const lowerName = name.toLowerCase();
  const secrecy = secrecyOf(lowerName);
  if (secrecy === undefined) return undefined;
  const field: SecretField = { name: lowerName, secrecy, sign: ':', isParameter: false, startsLine: false };
  const detector = detectorForName(field, (candidate) => detectors.has(candidate));
  if (detector === undefined) return undefined;
  const whole = { start: 0, end: text.length, quoted: true };
  const value = secrecy === 'authorization' ? (assignedValue(text, 0, field) ?? whole) : whole;
  return isSecretValue(text, value, field) ? { detector, start: value.start, end: value.end } : undefined;
}
