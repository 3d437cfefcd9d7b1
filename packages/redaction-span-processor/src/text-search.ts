import { base64Runs } from './base64-runs.js';
import { ClueSearch } from './clue-search.js';
import { CondensedText } from './condensed-text.js';
import type { DetectorName } from './detector-name.js';
import { announcedSecrets } from './detectors/announced-secrets.js';
import { assignedSecrets } from './detectors/assigned-secrets.js';
import { AUTHORIZATION } from './detectors/authorization.js';
import { commandOptions } from './detectors/command-options.js';
import { EMAIL } from './detectors/email.js';
import { IPV4, IPV6 } from './detectors/ip-address.js';
import { JWT } from './detectors/jwt.js';
import { namedValues } from './detectors/named-values.js';
import { numbers } from './detectors/numbers.js';
import { INTERNATIONAL_PHONE, PAIRED_PHONE } from './detectors/phone.js';
import { awsKeysIn, prefixedKeys } from './detectors/prefixed-keys.js';
import { PRIVATE_KEY } from './detectors/private-key.js';
import { PROVIDER_SECRETS } from './detectors/provider-secrets.js';
import { URL_CREDENTIALS } from './detectors/url-credentials.js';
import { isJson } from './json-like.js';
import type { RedactionMatch } from './redaction-match.js';
import { copyShort, SHORT_LENGTH } from './text-bytes.js';
import { TextScan } from './text-scan.js';
import type { Anchor } from './text-scan.js';

/** No secret is shorter: `pw=abc`, `a@b.de`. */
const MIN_LENGTH = 6;

const NONE: readonly RedactionMatch[] = Object.freeze([]);

/** Anything beyond Latin-1: of such characters bytes are only a part. */
const WIDE = /[^\0-\xff]/;

/** Searches of texts in Latin-1 and of others, made when there is the first one. */
interface Searches {
  latin?: ClueSearch;
  wide?: ClueSearch;
}

/**
 * Finds what the detectors that are on find.
 *
 * Each detector has clues: a few characters in a row without which there is nothing for it to find. A loop over the bytes of a
 * text, two at a time, notices all of them at once, and only around them the text is looked at.
 */
export class TextSearch {
  readonly #scan = new TextScan();
  readonly #anchors: readonly Anchor[];
  readonly #searches: Searches;
  readonly #hasAwsKeys: boolean;

  constructor(detectors: ReadonlySet<DetectorName>) {
    this.#anchors = anchorsOf((detector) => detectors.has(detector));
    this.#searches = searchesFor(detectors);
    this.#hasAwsKeys = detectors.has('aws_key');
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
    const scan = this.#scan;
    scan.begin(text, escaped);
    const isShort = text.length <= SHORT_LENGTH;
    const isWide = isShort ? copyShort(text) : WIDE.test(text);
    const search = isWide
      ? (this.#searches.wide ??= new ClueSearch(this.#anchors, true))
      : (this.#searches.latin ??= new ClueSearch(this.#anchors, false));
    search.run(scan, isShort);
    const { hasDoubt } = scan;
    const matches = scan.end();
    return hasDoubt && !isJson(text) ? this.#search(text, false) : matches;
  }
}

/** What was made for the last few sets of detectors: it takes some milliseconds, and mostly they are the same. */
const KNOWN = new Map<string, Searches>();
const MAX_KNOWN = 8;

function searchesFor(detectors: ReadonlySet<DetectorName>): Searches {
  const key = [...detectors].sort().join();
  const searches = KNOWN.get(key) ?? {};
  if (KNOWN.size === MAX_KNOWN) KNOWN.clear();
  KNOWN.set(key, searches);
  return searches;
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
    ...namedValues(isOn),
    ...commandOptions(isOn),
    ...when('phone', [...INTERNATIONAL_PHONE, ...PAIRED_PHONE]),
    ...when('ipv4', IPV4),
    ...when('ipv6', IPV6),
    ...numbers(isOn),
  ];
}
