import { Redactor } from '../../src/index.js';

const redactor = new Redactor();
const password = ['Pl4nt3d', 'Pw9'].join('');
const found = (text: string): [string, string][] =>
  redactor.find(text).map(({ detector, start, end }) => [detector, text.slice(start, end)]);

it.each(['//', 'see //', 'src="//'])('user and password are found without a scheme: %s', (before) => {
  expect(found(`${before}ann:${password}@host.example/path`)).toEqual([['url_credentials', `ann:${password}`]]);
});

it.each(['// ann:later@noon', '//todo:later@noon', '//host/ann:path', '//ann:$PASSWORD1@host', 'a //b: c1d2e3 @host'])(
  'a comment has none: %s',
  (text) => {
    expect(found(text)).toEqual([]);
  },
);
