/**
 * The words that error codes and types of the API, and of other servers of the same API, are made of:
 * `rate_limit_exceeded`, `DeploymentNotFound`.
 */
const WORDS: ReadonlySet<string> = new Set(
  [
    'access account accounts active already and api argument assistant auth authentication authorization available',
    'background bad balance base64 batch billing bio body cancelled capacity chat code completion completions concurrency',
    'conflict connection content context conversation country credential credentials credit credits cyber data deactivated',
    'denied deployment deprecated disabled does download duplicate embedding embeddings empty engine entity entries error',
    'exceed exceeded exceeds exist exists expired failed failure fetch file files filter find fine flagged for forbidden',
    'format found function gateway generation hard has id image images in incorrect input insufficient internal invalid is',
    'item items json key large length limit limited limits locked malformed max maximum media message messages method',
    'mismatch missing mode model models moderation modify name no not of on operation organization out output overload',
    'overloaded param parameter parameters parse pending permission permissions plan policy previous processing project',
    'prompt quota rate reached region request requests required residency resource response responses restricted retry',
    'safety schema server service size small spend state status still store stream string structured supported support',
    'temporarily tenant terminated text threshold timeout to token tokens tool too tunings type unable unauthenticated',
    'unauthorized unavailable unexpected unknown unprocessable unsupported upgrade upload url usage use user validate',
    'validation value vector version violated violation with wrong',
  ]
    .join(' ')
    .split(' '),
);
const MAX_LENGTH = 60;
/** Between words of `snake_case` and of `PascalCase`. */
const BETWEEN_WORDS = /_|(?<=[a-z0-9])(?=[A-Z])/;

/**
 * The value if it is a code of an error by its words. A server may repeat anything it was sent, and a code goes on
 * metrics too: so what has any other word in it is not recorded, and the failure goes by the class of its exception.
 */
export function errorCode(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined;
  return value.split(BETWEEN_WORDS).every((part) => WORDS.has(part.toLowerCase())) ? value : undefined;
}
