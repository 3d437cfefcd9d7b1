import { clue, DIGITS, LETTERS, literal, not } from '../clue.js';
import { ALNUM, isEscapeLetter, runStart } from '../char-class.js';
import { isPlaceholder } from '../placeholder.js';
import { hasRandomRun } from '../random-run.js';
import type { Anchor, TextScan } from '../text-scan.js';

/** Longest user name and password that are looked at. */
const MAX_LENGTH = 512;

/** Schemes of databases and brokers, as the first part of names like `postgresql+asyncpg`. */
const DATABASES = new Set(
  'postgres postgresql mysql mariadb mongodb redis rediss valkey valkeys amqp amqps mssql sqlserver oracle cockroachdb clickhouse cassandra couchbase couchdb elasticsearch opensearch neo4j neo4js bolt nats kafka influxdb snowflake redshift db2 sqlite libsql ldap ldaps jdbc vertica trino presto mqtt mqtts stomp memcached'.split(
    ' ',
  ),
);

/** Users that everybody knows. */
const PUBLIC_USERS = new Set(['git', 'hg', 'anonymous']);

/** User name and password in URLs and in connection strings that are URLs. */
export const URL_CREDENTIALS: readonly Anchor[] = [
  { clues: [literal('://')], look: lookBehindScheme },
  { clues: [clue([not(':'), '/', '/', LETTERS + DIGITS], 1)], look: lookBehindSlashes },
  { clues: [literal('jdbc:oracle:')], look: lookAtOracle },
];

/** `//user:password@…`, without a scheme. A comment may begin so: the password is no word, since its author could be one. */
function lookBehindSlashes(scan: TextScan, index: number): number {
  const start = index + 2;
  USER_INFO.lastIndex = start;
  if (!USER_INFO.test(scan.text)) return start;
  const end = USER_INFO.lastIndex;
  const password = scan.text.slice(scan.text.indexOf(':', start) + 1, end);
  if (!hasRandomRun(password, MIN_RANDOM_LENGTH) || isPlaceholder(password)) return end;
  scan.endsUserInfo(end);
  scan.found('url_credentials', start, end);
  return end;
}

/** Shortest password without a scheme in front. */
const MIN_RANDOM_LENGTH = 6;
const USER_INFO = /[\w.%+-]{1,64}:[^\s/?#"'`<>\\@:]{6,128}(?=@[\w[])/y;

/** `jdbc:oracle:thin:user/password@…` */
function lookAtOracle(scan: TextScan, index: number): number {
  ORACLE.lastIndex = index;
  const match = ORACLE.exec(scan.text);
  if (match === null || isPlaceholder(match[2] ?? '')) return index + 1;
  const start = index + (match[1]?.length ?? 0);
  scan.found('connection_string', start, index + match[0].length);
  return index + match[0].length;
}

const ORACLE = /(jdbc:oracle:[a-z0-9]{1,8}:)[^\s/@"]{1,128}\/([^\s@"]{1,128})(?=@)/y;

function lookBehindScheme(scan: TextScan, index: number): number {
  const { text } = scan;
  const start = index + 3;
  const isDatabase = !isWeb(text, index) && DATABASES.has(schemeBefore(text, index));
  const at = endOfUserInfo(text, start, isDatabase);
  if (at <= start) return isDatabase ? lookAtCut(scan, start) : start;
  scan.endsUserInfo(at);
  const colon = text.indexOf(':', start);
  const hasPassword = colon !== -1 && colon < at;
  const user = text.slice(start, hasPassword ? colon : at);
  if (hasPassword ? isPlaceholder(text.slice(colon + 1, at)) : PUBLIC_USERS.has(user) || isPlaceholder(user)) return at;
  scan.found(isDatabase ? 'connection_string' : 'url_credentials', start, at);
  return at;
}

/** A connection string that a limit has cut behind its password: with a port it would have digits there. */
function lookAtCut(scan: TextScan, start: number): number {
  CUT.lastIndex = start;
  const match = CUT.exec(scan.text);
  if (match === null || isPlaceholder(match[1] ?? '')) return start;
  scan.found('connection_string', start, scan.text.length);
  return scan.text.length;
}

const CUT = /[\w.-]{1,64}:(?!\d{1,5}$)([^\s/?#"'`<>\\]{1,256})$/y;

/** Whether the scheme is that of most URLs, which need not be copied out of their text. */
function isWeb(text: string, end: number): boolean {
  const start = text.startsWith('https', end - 5) ? end - 5 : end - 4;
  return text.startsWith('http', start) && text.charCodeAt(start - 1) !== 43;
}

function schemeBefore(text: string, end: number): string {
  // `+` and `.` separate the driver: `mongodb+srv`.
  const run = runStart(text, end, ALNUM, end - 24);
  const start = isEscapeLetter(text, run) ? run + 1 : run;
  const first = text.charCodeAt(start - 1) === 43 ? runStart(text, start - 1, ALNUM, start - 24) : start;
  const last = text.charCodeAt(start - 1) === 43 ? start - 1 : end;
  return text.slice(first, last).toLowerCase();
}

/**
 * Index of the `@` that ends the user name and password that begin at `start`; `start` or less when there is none. A password
 * of a database may have characters that a URL must encode, so that there the last `@` counts.
 */
function endOfUserInfo(text: string, start: number, isDatabase: boolean): number {
  const limit = Math.min(text.length, start + MAX_LENGTH);
  let at = -1;
  for (let index = start; index < limit; index++) {
    switch (text.charCodeAt(index)) {
      case 64: // @
        at = index;
        break;
      case 9:
      case 10:
      case 13:
      case 32:
      case 34: // "
      case 39: // '
      case 60: // <
      case 62: // >
      case 92: // \
      case 96: // `
        return at;
      case 35: // #
      case 47: // /
      case 63: // ?
        if (!isDatabase || at !== -1) return at;
        break;
      case 58: // :
        if (index > start && text.startsWith('://', index)) return at;
        break;
    }
  }
  return at;
}
