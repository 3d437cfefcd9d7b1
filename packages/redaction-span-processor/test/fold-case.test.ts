import { foldCase } from '../src/fold-case.js';

it.each([
  ['api_key', 'api_key'],
  ['API_Key', 'api_key'],
  ['GRÖSSE', 'grÖsse'],
  ['größe', 'größe'],
  // A sign for kelvins is no letter k, and a dotted capital I would become two characters.
  ['\u212aEY', '\u212aey'],
  ['İD', 'İd'],
  ['', ''],
])('makes the ASCII letters of %j small, and no others', (name, expected) => {
  expect(foldCase(name)).toBe(expected);
});
