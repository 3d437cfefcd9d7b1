import { Redactor } from '../../src/index.js';

const redactor = new Redactor();
const secret = ['hunter2', 'Pl4nt3d'].join('-');
const found = (text: string): string[] => redactor.find(text).map(({ start, end }) => text.slice(start, end));

it.each([
  ['const API_SECRET: string = ', ';'],
  ['private readonly clientSecret: string | undefined = ', ''],
  ['API_SECRET: Final[str] = ', ''],
  ["const SECRET: &'static str = ", ';'],
  ['var apiSecret string = ', ''],
  ['password: str = ', ''],
])('a declaration with a type assigns a secret: %s', (before, behind) => {
  expect(found(`${before}"${secret}"${behind}`)).toEqual([secret]);
});

it.each([
  'const API_SECRET: string = process.env.API_SECRET;',
  'type Secret: string => string',
  'if (secret: number == 1234567890)',
  'let apiSecret: string = readSecret("api");',
])('a declaration without a secret has none: %s', (text) => {
  expect(found(text)).toEqual([]);
});
