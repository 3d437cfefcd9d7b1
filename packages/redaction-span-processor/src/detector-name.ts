/**
 * What can be found, in the order of the documentation. `true`: on by default.
 *
 * Addresses of hosts are off: they are in most traces, and few take them for personal.
 */
const ON_BY_DEFAULT = {
  email: true,
  phone: true,
  payment_card: true,
  us_ssn: true,
  iban: true,
  ipv4: false,
  ipv6: false,
  openai_key: true,
  anthropic_key: true,
  aws_key: true,
  aws_secret: true,
  google_key: true,
  azure_key: true,
  github_token: true,
  gitlab_token: true,
  slack_token: true,
  stripe_key: true,
  npm_token: true,
  huggingface_token: true,
  twilio_key: true,
  sendgrid_key: true,
  jwt: true,
  authorization: true,
  private_key: true,
  connection_string: true,
  url_credentials: true,
  secret_field: true,
} as const;

/** A detector that comes with genspan. */
export type DetectorName = keyof typeof ON_BY_DEFAULT;

/** The names of all detectors. */
export const DETECTOR_NAMES: readonly DetectorName[] = Object.freeze(
  Object.keys(ON_BY_DEFAULT).filter((name): name is DetectorName => name in ON_BY_DEFAULT),
);

/** The names of those that are on unless options say otherwise. */
export const DEFAULT_DETECTOR_NAMES: readonly DetectorName[] = Object.freeze(
  DETECTOR_NAMES.filter((name) => ON_BY_DEFAULT[name]),
);
