import type { Random } from '../random.js';
import type { Values } from './values.js';

const FIRST =
  'alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy rupert sybil trent wendy jane john maria luca sofia yuki anna pedro'.split(
    ' ',
  );
const LAST =
  'smith jones miller garcia martin rossi kowalski tanaka schmidt dubois silva ivanov nguyen khan oneill vandenberg lee andersson costa novak'.split(
    ' ',
  );
const HOSTS =
  'gmail outlook yahoo hotmail icloud protonmail acme-corp globex initech umbrella contoso fabrikam northwind example mail stark-industries hooli piedpiper wayne-ent 163 t-online'.split(
    ' ',
  );
const TLDS =
  'com com com com org net io dev ai de fr es it pl co.uk com.br co.jp com.au edu gov ch nl eu info app tech company photography'.split(
    ' ',
  );

const first = (random: Random): string => random.pick(FIRST);
const last = (random: Random): string => random.pick(LAST);
const domain = (random: Random): string => `${random.pick(HOSTS)}.${random.pick(TLDS)}`;
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const LOCALS: readonly ((random: Random) => string)[] = [
  (r) => `${first(r)}.${last(r)}`,
  (r) => `${first(r).charAt(0)}.${last(r)}`,
  (r) => `${first(r)}_${last(r)}`,
  (r) => `${first(r)}-${last(r)}`,
  (r) => `${first(r)}${r.int(1, 9999)}`,
  (r) => first(r),
  (r) => `${capital(first(r))}.${capital(last(r))}`,
  (r) => `${first(r)}.${last(r).charAt(0)}.${r.int(70, 99)}`,
];

/** E-mail addresses. */
export const EMAILS: Values = {
  any: (r) => `${r.pick(LOCALS)(r)}@${domain(r)}`,
  plus: (r) =>
    `${first(r)}.${last(r)}+${r.pick(['newsletter', 'test1', 'aws-billing', 'genspan', 'a.b', '2026'])}@${domain(r)}`,
  subdomain: (r) =>
    `${first(r)}.${last(r)}@${r.pick(['mail', 'corp', 'eu-west.mail', 'students.cs', 'smtp-2'])}.${domain(r)}`,
  upper: (r) => `${first(r)}.${last(r)}@${domain(r)}`.toUpperCase(),
  apostrophe: (r) => `${first(r)}.o'${last(r)}@${domain(r)}`,
  short: (r) => `${first(r).charAt(0)}@${last(r).charAt(0)}.${r.pick(['co', 'io', 'de', 'cn'])}`,
  role: (r) => `${r.pick(['billing', 'hr', 'support', 'info', 'no-reply', 'kontakt', 'admin'])}@${domain(r)}`,
  long: (r) =>
    `${first(r)}.${last(r)}.${first(r)}.${last(r)}.${r.int(1000, 9999)}.archive@very-long-department-name.${domain(r)}`,
  punycode: (r) => `${first(r)}@xn--${last(r)}-${r.pick(['kva', 'n4a', '2ya'])}.${r.pick(['de', 'com', 'fr'])}`,
  umlaut: (r) =>
    `${first(r)}@${r.pick(['münchen', 'müller-bau', 'société-générale', 'łódź', 'españa'])}.${r.pick(['de', 'fr', 'pl', 'es'])}`,
  odd: (r) => `${first(r)}${r.pick(['!', '#', '$', '%', '&', '*', '=', '^', '~', '|'])}${last(r)}@${domain(r)}`,
  /** Those that everybody uses as an example. */
  example: (r) =>
    `${r.pick(['john.doe', 'jane', 'user', 'test', 'alice', 'bob.smith', 'foo'])}@${r.pick(['example.com', 'example.org', 'test.com', 'company.com'])}`,
  service: (r) => `${first(r)}-svc@acme-${r.int(100, 999)}.iam.gserviceaccount.com`,
  digits: (r) =>
    `${r.int(10000, 999999999)}@${r.pick(['qq.com', '163.com', 'student.uni-heidelberg.de', 'naver.com'])}`,
};
