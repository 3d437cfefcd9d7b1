import type { DetectorName } from '../../../src/detector-name.js';
import { EMAILS } from './email.js';
import * as keys from './keys.js';
import { CARDS, IBANS, IPV4, IPV6, SSNS } from './numbers.js';
import { PHONES } from './phone.js';
import { PLAIN } from './plain.js';
import { CREDENTIALS, JWTS, PASSWORDS, PRIVATE_KEYS, SECRETS } from './tokens.js';
import type { MakeValue, Values } from './values.js';

/** What a password or token can be in places that one detector covers for both. */
const PASSWORDS_AND_SECRETS: Values = { ...prefixed('password', PASSWORDS), ...SECRETS };

/** The values of each detector; the compiler tells when one is missing. */
const BY_DETECTOR: Readonly<Record<DetectorName, Values>> = {
  email: EMAILS,
  phone: PHONES,
  payment_card: CARDS,
  us_ssn: SSNS,
  iban: IBANS,
  ipv4: IPV4,
  ipv6: IPV6,
  openai_key: keys.OPENAI_KEYS,
  anthropic_key: keys.ANTHROPIC_KEYS,
  aws_key: keys.AWS_KEYS,
  aws_secret: keys.AWS_SECRETS,
  google_key: keys.GOOGLE_KEYS,
  azure_key: keys.AZURE_KEYS,
  github_token: keys.GITHUB_TOKENS,
  gitlab_token: keys.GITLAB_TOKENS,
  slack_token: keys.SLACK_TOKENS,
  stripe_key: keys.STRIPE_KEYS,
  npm_token: keys.NPM_TOKENS,
  huggingface_token: keys.HUGGINGFACE_TOKENS,
  twilio_key: keys.TWILIO_KEYS,
  sendgrid_key: keys.SENDGRID_KEYS,
  jwt: JWTS,
  authorization: CREDENTIALS,
  private_key: PRIVATE_KEYS,
  connection_string: PASSWORDS_AND_SECRETS,
  url_credentials: PASSWORDS_AND_SECRETS,
  secret_field: PASSWORDS_AND_SECRETS,
};

/** Values that are to be left alone; some look like a secret and fail its check, or are published by design. */
const WITHOUT_LABEL: Values = {
  ...PLAIN,
  'card.bad': CARDS.bad,
  'ssn.bad': SSNS.bad,
  'iban.bad': IBANS.bad,
  publishable: keys.publishableKey,
};

/** @throws Error when there is no such value */
export function makerOf(name: string, variant: string): MakeValue {
  const values = name === '-' ? WITHOUT_LABEL : BY_DETECTOR[name as DetectorName];
  const make = values?.[variant];
  if (make === undefined) throw new Error(`Expected a known value, got ${name}:${variant}`);
  return make;
}

function prefixed(prefix: string, values: Values): Record<string, MakeValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, make]) => [name === 'any' ? prefix : `${prefix}.${name}`, make]),
  );
}
