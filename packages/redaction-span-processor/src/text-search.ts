import { base64Runs } from './base64-runs.js';
import { CondensedText } from './condensed-text.js';
import type { DetectorName } from './detector-name.js';
import { announcedSecrets } from './detectors/announced-secrets.js';
import { assignedSecrets } from './detectors/assigned-secrets.js';
import { AUTHORIZATION } from './detectors/authorization.js';
import { commandOptions } from './detectors/command-options.js';
import { EMAIL } from './detectors/email.js';
import { IPV4, IPV6 } from './detectors/ip-address.js';
import { JWT } from './detectors/jwt.js';
import { numberSearch } from './detectors/numbers.js';
import { INTERNATIONAL_PHONE, PAIRED_PHONE } from './detectors/phone.js';
import { awsKeysIn, prefixedKeys } from './detectors/prefixed-keys.js';
import { PRIVATE_KEY } from './detectors/private-key.js';
import { PROVIDER_SECRETS } from './detectors/provider-secrets.js';
import { URL_CREDENTIALS } from './detectors/url-credentials.js';
import type { RedactionMatch } from './redaction-match.js';
import { isJson } from './json-like.js';
import { TextScan } from './text-scan.js';
import type { Anchor, Look } from './text-scan.js';

/** Up to this length it is faster to look at all characters once than to search for each anchor. */
const SHORT_LENGTH = 48;

/** No secret is shorter: `pw=abc`, `a@b.de`. */
const MIN_LENGTH = 6;

const NONE: readonly RedactionMatch[] = Object.freeze([]);

/** An anchor, and what all do who look there. */
interface Stop {
  readonly anchor: string;
  /** The bit of its first character in the masks of short texts. */
  readonly bit: number;
  readonly look: Look;
}

/**
 * Finds what the detectors that are on find.
 *
 * Texts are not read character by character. Each detector has an anchor, a rare character or two without which there is
 * nothing for it to find; the engine's own search goes from one to the next many times as fast as a loop could, and only
 * around them the text is looked at.
 */
export class TextSearch {
  readonly #stops: readonly Stop[];
  readonly #findNumbers: (scan: TextScan) => void;
  /** For each character of ASCII the bits of the stops it begins; for the rest the last one. */
  readonly #bits = new Int32Array(129);
  readonly #scan = new TextScan();
  readonly #hasAwsKeys: boolean;

  constructor(detectors: ReadonlySet<DetectorName>) {
    const isOn = (detector: DetectorName): boolean => detectors.has(detector);
    this.#findNumbers = numberSearch(isOn);
    this.#hasAwsKeys = isOn('aws_key');
    this.#stops = toStops(anchorsOf(isOn));
    for (const { anchor, bit } of this.#stops) {
      const code = Math.min(anchor.charCodeAt(0), 128);
      this.#bits[code] = (this.#bits[code] ?? 0) | bit;
    }
    for (let code = 48; code < 58; code++) this.#bits[code] = (this.#bits[code] ?? 0) | DIGIT_BIT;
  }

  /**
   * @param escaped - whether the text is JSON, in which a backslash begins an escape
   * @returns what was found, in no order and overlapping
   */
  find(text: string, escaped: boolean): readonly RedactionMatch[] {
    if (text.length < MIN_LENGTH) return NONE;
    const runs = base64Runs(text);
    if (runs.length === 0) return this.#search(text, escaped);
    const condensed = new CondensedText(text, runs);
    const matches = this.#search(condensed.text, escaped).map(({ detector, start, end }) => {
      return { detector, start: condensed.wholeIndex(start), end: condensed.wholeIndex(end - 1) + 1 };
    });
    return this.#hasAwsKeys ? [...matches, ...awsKeysIn(text)] : matches;
  }

  #search(text: string, escaped: boolean): readonly RedactionMatch[] {
    const mask = text.length <= SHORT_LENGTH ? this.#maskOf(text) : -1;
    if (mask === 0) return NONE;
    const scan = this.#scan;
    scan.begin(text, escaped);
    const stops = this.#stops;
    for (let index = 0; index < stops.length; index++) {
      const stop = stops[index];
      if (stop !== undefined && (mask & stop.bit) !== 0) searchFor(stop, scan);
    }
    if ((mask & DIGIT_BIT) !== 0) this.#findNumbers(scan);
    const { hasDoubt } = scan;
    const matches = scan.end();
    return hasDoubt && !isJson(text) ? this.#search(text, false) : matches;
  }

  #maskOf(text: string): number {
    const bits = this.#bits;
    let mask = 0;
    for (let index = 0; index < text.length; index++) mask |= bits[Math.min(text.charCodeAt(index), 128)] ?? 0;
    return mask;
  }
}

const DIGIT_BIT = 1;

function searchFor({ anchor, look }: Stop, scan: TextScan): void {
  const { text } = scan;
  for (let at = text.indexOf(anchor); at !== -1;) at = text.indexOf(anchor, look(scan, at));
}

/** URLs come before e-mail addresses, which a user name and a host look like. */
function anchorsOf(isOn: (detector: DetectorName) => boolean): readonly Anchor[] {
  const when = (detector: DetectorName, anchors: readonly Anchor[]): readonly Anchor[] =>
    isOn(detector) ? anchors : [];
  return [
    ...(isOn('connection_string') || isOn('url_credentials') ? URL_CREDENTIALS : []),
    ...when('email', EMAIL),
    ...when('private_key', PRIVATE_KEY),
    ...prefixedKeys(isOn),
    ...PROVIDER_SECRETS.filter(({ detector }) => isOn(detector)),
    ...when('jwt', JWT),
    ...when('authorization', AUTHORIZATION),
    ...assignedSecrets(isOn),
    ...announcedSecrets(isOn),
    ...commandOptions(isOn),
    ...when('phone', [...INTERNATIONAL_PHONE, ...PAIRED_PHONE]),
    ...when('ipv4', IPV4),
    ...when('ipv6', IPV6),
  ];
}

function toStops(anchors: readonly Anchor[]): readonly Stop[] {
  const looks = new Map<string, Look[]>();
  for (const { anchor, look } of anchors) looks.set(anchor, [...(looks.get(anchor) ?? []), look]);
  return [...looks].map(([anchor, own], index) => ({
    anchor,
    look: own.length === 1 && own[0] !== undefined ? own[0] : together(own),
    // Bit 0 is that of digits; the last one is shared when there are more anchors than bits.
    bit: 1 << Math.min(index + 1, 30),
  }));
}

function together(looks: readonly Look[]): Look {
  return (scan, index) => {
    let next = index + 1;
    for (let at = 0; at < looks.length; at++) next = Math.max(next, looks[at]?.(scan, index) ?? next);
    return next;
  };
}
