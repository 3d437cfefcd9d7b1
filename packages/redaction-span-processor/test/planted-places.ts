import fc from 'fast-check';
import type { PlantedSecret } from './secret-values.js';

/** What stands beside a secret: nothing that could be part of it. */
const neighbour = fc.constantFrom(
  ...[
    '',
    ' ',
    '\n',
    '\t',
    '\r\n',
    ', ',
    '; ',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '"',
    "'",
    '`',
    '!',
    '?',
    '。',
    '，',
    '「',
    '」',
    '中',
    ' – ',
    '…',
    '\u00a0',
    '\u{1f600}',
    '\u0000',
  ],
);
const prose = fc.constantFrom(
  '',
  'Please note',
  'The answer is',
  '请联系',
  'Bitte prüfen:',
  'see below\n\n',
  'He said "no"\t',
);

/** A secret in a text. */
const inText = ({ text }: PlantedSecret): fc.Arbitrary<string> =>
  fc
    .tuple(prose, neighbour, neighbour, prose)
    .map(([head, before, after, tail]) => `${head} ${before}${text}${after} ${tail}`);

const parts = (...contents: readonly string[]) => [
  { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
  { role: 'user', parts: contents.map((content) => ({ type: 'text', content })) },
];
const contents = (...texts: readonly string[]) => [
  { role: 'user', content: texts.map((text) => ({ type: 'text', text })) },
];

/** A JSON string in which any characters are written as `\\u…`. */
const escapedJson = (text: string): fc.Arbitrary<string> =>
  fc
    .record({
      chosen: fc.oneof(
        fc.constant('all' as const),
        fc.infiniteStream(fc.boolean()),
        fc.infiniteStream(fc.nat(9).map((n) => n === 0)),
      ),
      upper: fc.boolean(),
    })
    .map(({ chosen, upper }) => {
      const units = Array.from({ length: text.length }, (_, index) => text.charAt(index));
      const encoded = units.map((unit) => {
        if (chosen !== 'all' && chosen.next().value !== true) {
          return unit === '/' && upper ? '\\/' : JSON.stringify(unit).slice(1, -1);
        }
        const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
        return `\\u${upper ? hex.toUpperCase() : hex}`;
      });
      return `"${encoded.join('')}"`;
    });

const MARKED = '@@';
const withJson = (value: unknown, json: string) => JSON.stringify(value).replace(`"${MARKED}"`, () => json);

/** Two pieces of the text, neither empty. */
const cut = (text: string): fc.Arbitrary<readonly [string, string]> =>
  fc.integer({ min: 1, max: text.length - 1 }).map((at) => [text.slice(0, at), text.slice(at)]);

/** Where a secret is planted: what is handed to the redactor. */
export const PLACES: Readonly<Record<string, (planted: PlantedSecret) => fc.Arbitrary<unknown>>> = {
  'a text that is nothing else': ({ text }) => fc.constant(text),
  'a text with neighbours': inText,
  'message JSON': (planted) => inText(planted).map((text) => JSON.stringify(parts(text))),
  'message JSON with white space': (planted) => inText(planted).map((text) => JSON.stringify(contents(text), null, 2)),
  'message JSON with escaped characters': (planted) =>
    inText(planted)
      .chain(escapedJson)
      .map((json) => withJson(parts(MARKED), json)),
  'message JSON behind an escaped line end': ({ text }) =>
    fc
      .constantFrom('\\n', '\\r\\n', '\\t', '\\u000a', '\\"', '\\\\')
      .map((escape) => withJson(parts(MARKED), `"see:${escape}${JSON.stringify(text).slice(1, -1)}${escape}end"`)),
  'JSON in JSON': (planted) => inText(planted).map((text) => JSON.stringify({ arguments: JSON.stringify({ text }) })),
  'JSON in JSON in JSON': (planted) =>
    inText(planted).map((text) => JSON.stringify({ a: JSON.stringify([JSON.stringify(parts(text))]) })),
  'JSON with escapes in JSON': (planted) =>
    inText(planted)
      .chain(escapedJson)
      .map((json) => JSON.stringify({ arguments: `{"text":${json}}` })),
  'a key of JSON': ({ text }) => fc.constant(JSON.stringify({ list: [{ [text]: 1 }] })),
  'a key of JSON with escapes': ({ text }) => escapedJson(text).map((json) => `{"a":{${json}:[true]}}`),
  'two parts of a message': ({ text }) =>
    cut(text).map(([first, second]) => JSON.stringify(parts(`it is ${first}`, `${second} indeed`))),
  'two parts of a message of objects': ({ text }) => cut(text).map((pieces) => parts(...pieces)),
  'two parts of a message as providers have them': ({ text }) =>
    cut(text).map(([first, second]) => JSON.stringify(contents(`it is ${first}`, `${second} indeed`))),
  'two parts of a message with escapes': ({ text }) =>
    cut(text).chain(([first, second]) =>
      fc
        .tuple(escapedJson(first), escapedJson(second))
        .map(([a, b]) => `[{"role":"user","parts":[{"type":"text","content":${a}},{"type":"text","content":${b}}]}]`),
    ),
  'a list of strings': (planted) => inText(planted).map((text) => ['first', text, '']),
  'a structured value': (planted) =>
    fc
      .tuple(inText(planted), inText(planted))
      .map(([a, b]) => ({ deep: [{ list: [1, null, a] }], [planted.text]: { b } })),
  'objects of messages': (planted) => inText(planted).map((text) => parts(text)),
  'a Map, and bytes': (planted) =>
    inText(planted).map((text) => ({ map: new Map([['a', text]]), bytes: new TextEncoder().encode(text) })),
  'JSON that was cut off': ({ text }) => {
    const json = JSON.stringify(parts(`so: ${text} and more`, 'the end'));
    const end = json.indexOf(JSON.stringify(text).slice(1, -1)) + JSON.stringify(text).length - 2;
    return fc.integer({ min: end, max: json.length - 1 }).map((length) => json.slice(0, length));
  },
  'JSON with a fault': (planted) =>
    inText(planted)
      .chain(escapedJson)
      .map((json) => `{"ok": 1,, "text": ${json}, 'x'}`),
};
