// Texts as applications hand them to redaction: prose, message JSON, logs, code, base64. Seeded, so that every run sees the
// same ones; made anew for each sample, so that nothing that remembers strings helps anybody.

import { randomOf } from './seeded-random.mjs';

const SENTENCES = [
  'The reading of station 17 fell by 0.4 degrees overnight, and the crew asked whether the sensor drifts.',
  "It wasn't the first time: last winter the same instrument had to be replaced twice within a month.",
  'Please compare the two summaries below and tell me which one you would send to a customer.',
  'He answered "not before Tuesday", which nobody at the table took for a promise.',
  'Rain is likely in the west (about 30 %), while the valleys stay dry until the late afternoon.',
  'A balanced tree keeps its height logarithmic; a skewed one degenerates to a list.',
  'Our terms changed on 14 March 2025, and they apply to every order placed after that day.',
  'Why would the second query be slower than the first, given that both use the same index?',
  'In short: start small, measure, and only then decide what is worth the trouble.',
  'The committee met at 10:30 in room 204 and voted 7 to 2 in favour of the proposal.',
  'Chapter 3 explains how the garbage collector moves objects between generations.',
  'You are a helpful assistant; answer in at most three sentences and cite the paragraph you rely on.',
  'The museum opens at nine, closes at six, and is free for visitors under 18.',
  'What remains after a year of use is mostly habit: people click where the button used to be.',
  'See https://docs.station.org/manual/sensors#drift for the procedure and its limits.',
  'Several users report that the export stops at row 65536, a number that looks suspiciously round.',
];
const GERMAN_AND_FRENCH = [
  'Der Zähler über dem Gerät fällt nachts um 0,4 Grad; die Mannschaft fragt, ob der Fühler altert.',
  'Können Sie mir erklären, weshalb die zweite Abfrage länger dauert, obwohl beide denselben Schlüssel benutzen?',
  'Où se trouve la différence entre les deux résumés, et lequel préférez-vous envoyer à la clientèle ?',
  'Le musée ouvre à neuf heures, ferme à dix-huit heures et reste gratuit pour les élèves.',
  'Übermäßiger Regen gefährdet die Brücke bei Köln; die Straße bleibt für drei Wochen gesperrt.',
  "Après un an, il ne reste guère que l'habitude : on clique là où se trouvait l'ancien bouton.",
];
const CHINESE = [
  '十七号站的读数昨夜下降了0.4度，值班人员询问传感器是否发生漂移。',
  '请比较下面两份摘要，并告诉我你会把哪一份发给客户。',
  '委员会于上午10点30分开会，以七票对两票通过了该提案。',
  '为什么第二个查询比第一个慢，而两者使用的是同一个索引？',
];
const CYRILLIC = [
  'Показания станции 17 за ночь упали на 0,4 градуса, и смена спросила, не дрейфует ли датчик.',
  'Сравните, пожалуйста, два резюме и скажите, какое из них вы отправили бы клиенту.',
  'Почему второй запрос медленнее первого, если оба используют один и тот же индекс?',
];
const CODE = [
  'export async function readStation(id, { from, to } = {}) {\n  const rows = await db.query(SELECT_BY_ID, [id, from, to]);\n',
  '  for (let i = 0; i < rows.length; i++) total += rows[i].value * weights[i % 8];\n',
  "  if (response.status !== 200) throw new HttpError(`unexpected status ${response.status}`, { cause: 'upstream' });\n",
  '  return { ...defaults, mean: total / rows.length, unit: "celsius" }; // see RFC 3339 for dates\n}\n\n',
  'def drift(readings: list[float], window: int = 24) -> float:\n    return max(readings[-window:]) - min(readings)\n\n',
  '.station-list > li:nth-child(2n+1) { margin: 0 4px; color: #3a7bd5; transform: translate3d(0, -50%, 0); }\n',
  'SELECT s.id, avg(m.value) AS mean FROM measurements m JOIN stations s ON s.id = m.station_id GROUP BY 1;\n',
];

/** One thing to find for each call, of the kinds that are most frequent; put together here, so that no file holds one. */
function secret(random, index) {
  const letters = (length) => random.string(length, 'abcdefghijklmnopqrstuvwxyz');
  const digits = (length) => random.string(length, '123456789');
  const mixed = (length) => random.string(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
  switch (index % 6) {
    case 0:
      return `${letters(5)}.${letters(7)}@${letters(8)}.org`;
    case 1:
      return `(415) ${random.below(7) + 2}${digits(2)}-${digits(4)}`;
    case 2:
      return ['sk', 'proj', mixed(48)].join('-');
    case 3:
      return `password=${letters(4)}${digits(3)}${mixed(5)}`;
    case 4:
      return luhn(`4${digits(14)}`).replace(/.{4}(?=.)/g, '$& ');
    default:
      return ['ghp', mixed(36)].join('_');
  }
}

function luhn(body) {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return body + ((10 - (sum % 10)) % 10);
}

/** Sentences until at least `length` characters are there. `secrets`: one for each 1,000 characters. */
function prose(random, length, { sentences = SENTENCES, separator = ' ', secrets = false } = {}) {
  const texts = [];
  let found = 0;
  for (let size = 0; size < length; size += texts.at(-1).length + separator.length) {
    if (secrets && size >= 1000 * found + 500) texts.push(`Reach me under ${secret(random, found++)} from now on.`);
    else texts.push(random.of(sentences));
    if (random.below(8) === 0) texts.push('\n');
  }
  return texts.join(separator);
}

const base64 = (random, length) =>
  random.string(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');

function messages(random, length, options) {
  const id = `call_${random.string(24, 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')}`;
  const text = (size) => ({ type: 'text', content: prose(random, size, options) });
  const call = {
    type: 'tool_call',
    id,
    name: 'read_station',
    arguments: { station: random.below(99), unit: 'celsius' },
  };
  const response = JSON.stringify({ rows: [{ day: '2026-01-02', value: 3.25 }], note: prose(random, 100) });
  return [
    { role: 'system', parts: [text(length * 0.1)] },
    { role: 'user', parts: [text(length * 0.4)] },
    { role: 'assistant', parts: [text(length * 0.1), call] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id, response }] },
    { role: 'assistant', parts: [text(length * 0.35)], finish_reason: 'stop' },
  ];
}

function logLine(random) {
  const hex = (length) => random.string(length, '0123456789abcdef');
  const time = `2026-0${random.below(9) + 1}-1${random.below(9)}T0${random.below(9)}:1${random.below(9)}:42.${100 + random.below(899)}Z`;
  const uuid = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const ids = `trace_id=${hex(32)} span_id=${hex(16)}`;
  return `${time} INFO [worker-${random.below(16)}] ${ids} request ${uuid} took ${random.below(900)} ms, 200 OK, v4.17.${random.below(30)}\n`;
}

const lines = (line) => (random, length) => {
  let text = '';
  while (text.length < length) text += line(random);
  return text;
};

/**
 * By kind: a text of at least the length that was asked for, and the MB/s it is to run at, on a machine on which the loop over
 * the characters runs at 700.
 */
export const KINDS = {
  prose: { make: (random, length) => prose(random, length), target: 500 },
  'message JSON': { make: (random, length) => JSON.stringify(messages(random, length)), target: 350 },
  'prose, 1 match/KB': { make: (random, length) => prose(random, length, { secrets: true }), target: 200 },
  'JSON, 1 match/KB': {
    make: (random, length) => JSON.stringify(messages(random, length, { secrets: true })),
    target: 200,
  },
  base64: { make: base64, target: 800 },
  'image in JSON': {
    make: (random, length) => {
      const url = `data:image/png;base64,${base64(random, length)}`;
      return JSON.stringify([{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }]);
    },
    target: 800,
  },
  logs: { make: lines(logLine) },
  code: { make: lines((random) => random.of(CODE)) },
  'German, French': { make: (random, length) => prose(random, length, { sentences: GERMAN_AND_FRENCH }) },
  Chinese: { make: (random, length) => prose(random, length, { sentences: CHINESE, separator: '' }) },
  Russian: { make: (random, length) => prose(random, length, { sentences: CYRILLIC }) },
};

/** A flat string of its own, of one byte a character where its characters allow that, as `JSON.stringify` would give. */
const flat = (text) => JSON.parse(JSON.stringify(text));

/** `count` texts of exactly `length` characters (but for the kinds that are JSON and end where it ends). */
export function makeDocuments(kind, length, count, seed) {
  const random = randomOf(`${kind} ${seed}`);
  const { make } = KINDS[kind];
  return Array.from({ length: count }, () =>
    flat(isJson(kind) ? make(random, length * 0.93) : make(random, length).slice(0, length)),
  );
}

const isJson = (kind) => kind.includes('JSON');
