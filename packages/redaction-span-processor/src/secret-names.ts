import { remembering } from './remembering.js';

/**
 * What a field's name says about its value. `password`: whatever it holds is secret. `token`: secret if it looks random,
 * because `token` and `secret` are words of other trades, too. `key`: secret if it can be nothing else. `authorization`,
 * `cookie`: headers.
 */
export type Secrecy = 'password' | 'token' | 'key' | 'authorization' | 'cookie';

/** Names by their end, in lower case; `_`, `-`, `.` and spaces in them are as they were. */
const NAMES: readonly (readonly [RegExp, Secrecy])[] = [
  [
    /(?:passwords?|passwd|passphrase|passcode|passwort|kennwort|mot[ _]de[ _]passe|mdp|clave|sshpass|contrase[ñn]a|senha|wachtwoord|l[öo]senord|has[łl]o|parola|пароль|密码|密碼|口令|パスワード|비밀번호|المرور|[şs]ifre|pwd|(?:^|[ _.-]|db|user|smtp|mysql|pg|root|admin)(?:pass|pw))$/,
    'password',
  ],
  [/(?:tokens?|secrets?|credentials?|(?:^|[ _.-]|basic|bearer|proxy|http)auth)$/, 'token'],
  [
    /(?:api|access|secret|private|encryption|encrypt|signing|master|auth|account|shared|subscription|session|service|client|license|app|application|write|admin|storage|deploy|functions?|webhook|security|hmac|aes|jwt|ssh|azure|openai|anthropic|vault|root|hubspot|h?api)[ _.-]?keys?$/,
    'token',
  ],
  [/(?:secret|secret[_-]?key)[_-]?base$|(?:^|[_.-])auth[_-]?key$|webhook[_-]?url$/, 'token'],
  [/(?:^|[ _.-])(?:key|pat)$/, 'key'],
  [/authorization$/, 'authorization'],
  [/(?:^|[ _.-])(?:set[ _-]?)?cookies?$/, 'cookie'],
];

/** Tokens that are no secret: places in a list, pieces of text, and what they are counted with. Public keys. */
const NO_SECRET =
  /(?:page|next|prev|previous|continuation|continue|sync|cancel|cancellation|cursor|resume|max|min|num|total|stop|start|special|bos|eos|pad|unk|mask|sep|cls|input|output|prompt|completion|reasoning|cached|first|last|per|new|end|image|audio|text|word|sub)[ _.-]?token$|public[ _.-]?keys?$|(?:cache|idempotency|partition|primary|foreign|sort|object|s3|redis|dedup|row|hash|lookup|group|routing|map|dict|unique|index|shard|file|message|event|trace|span|request|host|color|json|field|column|sealed|gpg|pgp|signing[ _.-]?public)[ _.-]?key$/;

/** Whether a value is secret because of the name `name` (in lower case). */
export const secrecyOf = remembering(judge);

function judge(name: string): Secrecy | undefined {
  for (const [pattern, secrecy] of NAMES) if (pattern.test(name)) return NO_SECRET.test(name) ? undefined : secrecy;
  return undefined;
}

/** Names that say what number a value is, in lower case; not those in marks, `[REDACTED:phone]`. */
const KIND_OF_NUMBER = /(?<!:)phone|mobile|fax|(?<!:us_)ssn|social_?security|(?:^|[^a-z])(?:tel|cell)(?:$|[^a-z])/;

/** Whether a name (in lower case) says that its value is a number of a person. */
export function namesNumber(name: string): boolean {
  return KIND_OF_NUMBER.test(name);
}

/** The name of a value, if it says something about it: that it is secret, or what number it is. */
export function tellingName(name: string): string | undefined {
  const lower = name.toLowerCase();
  return secrecyOf(lower) !== undefined || namesNumber(lower) ? name : undefined;
}

/** Parameters of URLs that are secret only there. */
const PARAMETERS =
  /(?:^|[_-])(?:key|sig|signature|sas|jwt|sid|session|sessionid|code|code_verifier|appid|ticket|hash)$/;

/** Whether a value is secret because it is the parameter `name` (in lower case) of a URL. */
export const parameterSecrecyOf = remembering((name) => (PARAMETERS.test(name) ? 'token' : judge(name)));

/** The last three letters of all those names; shorter ones have a space in front. */
const ENDINGS = (
  'ord rds ets ens swd ase ode ort sse eña ena nha sło slo ola ord pwd ass dpw rpw lpw _pw -pw .pw ken ret key eys als ial uth ion kie ies ' +
  'sig ure sas jwt sid ier url pat ode fre mdp ave ass pid ket nid ash'
).split(' ');

/** Last letters beyond ASCII. */
const OTHER_ENDINGS: ReadonlySet<number> = new Set([...'ь码碼令ド호ر'].map((letter) => letter.charCodeAt(0)));

/** All their last letters, in both cases. */
export const LAST_LETTERS = [
  ...new Set(
    [...ENDINGS.map((ending) => ending.slice(-1)), ...'ь码碼令ド호ر'].flatMap((last) => [last, last.toUpperCase()]),
  ),
].join('');

const ENDS_SO = new Uint8Array(4096);
for (const ending of [...ENDINGS, ' pw']) ENDS_SO[hashOfLast(ending, 3)] = 1;

/**
 * Whether a name that ends before `end` may be one of those. Nearly all others are told by their last three letters, without
 * being copied out of their text.
 */
export function mayEndSecretName(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  if (last > 127) return OTHER_ENDINGS.has(last);
  if (ENDS_SO[hashOfLast(text, end)] !== 1) return false;
  // Of the many words that end like `authorization` it is the one with a `z`.
  return (last | 32) !== 110 || (text.charCodeAt(end - 2) | 32) !== 111 || (text.charCodeAt(end - 6) | 32) === 122;
}

/** Of the last three characters before `end`, letters in lower case; letters have different ones. */
function hashOfLast(text: string, end: number): number {
  const last = text.charCodeAt(end - 1) & 31;
  const second = text.charCodeAt(end - 2) & 31;
  return (last | (second << 5) | ((text.charCodeAt(end - 3) & 31) << 10)) % 4093;
}
