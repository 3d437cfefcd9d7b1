import { hasRandomRun } from './random-run.js';

/** Words that stand where a value would be: types, states, and the names of the field itself. */
const WORDS = new Set(
  (
    'string str text char varchar bytes number int integer bool boolean object any unknown required optional nullable true ' +
    'false null none nil undefined yes no empty unset missing invalid incorrect wrong expired hidden redacted masked removed ' +
    'filtered excluded changeme change_me change-me placeholder example todo tbd n/a na default password confirmpassword newpassword confirm_password new_password passwd passphrase pwd pass token ' +
    'string! secret key apikey api_key api-key value username user bearer basic input prompt nan void const let var'
  ).split(' '),
);

/** Alternatives as one pattern, which is a third of the time of one after the other. */
function anyOf(flags: string, ...patterns: readonly RegExp[]): RegExp {
  return new RegExp(`^(?:${patterns.map(({ source }) => source).join('|')})`, flags);
}

/** What can only be a reference to the value, or what is left of it: `${TOKEN}`, `$TOKEN`, `process.env.TOKEN`, a hash. */
const REFERENCES: readonly RegExp[] = [
  anyOf(
    '',
    // What a template or a shell puts in.
    /(?:\{\{.*|[$#@]\{.*|\$\(.*|\$[A-Z_][A-Z0-9_]*|%\w+%)$/,
    /(?:process\.env|os\.environ|os\.getenv|getenv|import\.meta|Deno\.env)[.[(]/,
    // What is encrypted.
    /ENC\[/,
  ),
  anyOf(
    'i',
    // What redaction leaves.
    /\[HASH:(?:[a-z_.-]{1,64}:)?[0-9a-f]{16}\]?$/,
    // A parameter of a statement, a name that is filled in, a tag of YAML.
    /(?:[:@][a-z_]+|__\w+__|!(?:vault|env|secret|ref|sub|getatt|include)\b.*)$/,
    // What names the place of a secret.
    /(?:op|vault|ssm|file|secretref|aws-sm|gcp-sm|keyring|keychain|env|ref\+\w+):/,
  ),
];

/** What looks like one as long as there is nothing random in it: `<token>`, `[token]`, `your-token`, `config.token`. */
const INVITATIONS: readonly RegExp[] = [
  anyOf(
    'i',
    // What redaction leaves, of any software, and what it keeps of a value.
    /\[(?:REDACTED|HASH|EXCLUDED)(?:[\s:_-][\w\s:.-]{0,64})?(?:\].{0,8})?$/,
    /(?:<[^<>]*>?|\{.*|\$\w*(?:pass|pwd|token|key|secret)\w*|\[[a-z _-]+\])$/,
    /(?:your|enter|insert|replace|put|example|placeholder|dummy|sample)(?:$|[-_ .])/,
    /(?:env|config|settings|secrets|vars?|self|this|req|request|response|res|data|args|options|opts|props|params|ctx|context|state|form|body|user|event|credentials|creds)[.[(]/,
    // Cut, to show that there is one: `sk-abc…`.
    /[^]{0,6}(?:\.{3}|…)/,
  ),
  /([xX*•.#_-])\1{5,}/,
];

/** So many letters and digits in a row, some of both, are more than an invitation. */
const RANDOM_LENGTH = 6;

/** A call, or the member of something: words that end with a bracket. */
const EXPRESSION = /^\$?[A-Za-z][a-z]*(?:[A-Z][a-z]+|[_.][a-z]*)*[([]|^(?:await|new|f|r|b|u)[ "'`]/;

/** Longest placeholder. */
const MAX_LENGTH = 256;

/** Whether `value`, which is where a secret could be, is none. */
export function isPlaceholder(value: string): boolean {
  if (value.length > MAX_LENGTH) return false;
  if (isFiller(value, 0, value.length) || WORDS.has(value.toLowerCase())) return true;
  if (REFERENCES.some((reference) => reference.test(value))) return true;
  return INVITATIONS.some((invitation) => invitation.test(value)) && !hasRandomRun(value, RANDOM_LENGTH);
}

/** Whether `value`, which is not in quotes, is part of a program. */
export function isExpression(value: string): boolean {
  return EXPRESSION.test(value);
}

/**
 * Whether the characters from `start` to `end` only fill the place of a value: there are at most two different ones, as in
 * `xxxxxxxx`, `********` and `000-000`.
 */
export function isFiller(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  let second = first;
  for (let index = start + 1; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code === first || code === second) continue;
    if (second !== first) return false;
    second = code;
  }
  return true;
}
