import { Redactor } from '../../src/index.js';

const redactor = new Redactor();
const password = ['Pl4nt3d', 'Pw9'].join('');
const found = (text: string): string[] => redactor.find(text).map(({ start, end }) => text.slice(start, end));

it.each([
  ['a value in front of its name', [{ value: password, name: 'DB_PASSWORD' }]],
  ['in upper case', [{ Value: password, Name: 'DB_PASSWORD' }]],
  ['behind its name', [{ Key: 'password', Value: password }]],
  ['with another member between them', [{ value: password, type: 'SecureString', name: '/app/DB_PASSWORD' }]],
  ['behind its name and its type', { Name: 'client_secret', Type: 'String', Value: password }],
  [
    'among others',
    [
      { value: 'x', name: 'y' },
      { value: password, name: 'API_SECRET' },
      { value: 'a', name: 'b' },
    ],
  ],
])('%s is found, however deep the JSON is wrapped', (_what, value) => {
  const json = JSON.stringify(value);
  for (const text of [json, JSON.stringify(value, null, 2), JSON.stringify({ a: json }), `got ${json}`]) {
    expect(found(text)).toEqual([password]);
  }
});

it('is found in the environment of a container', () => {
  expect(found(`env:\n  - name: DB_PASSWORD\n    value: ${password}\n  - name: DB_USER\n    value: app\n`)).toEqual([
    password,
  ]);
});

it.each([
  [{ value: password, name: 'colour' }],
  [{ value: 'string', name: 'password' }],
  [{ value: '${DB_PASSWORD}', name: 'DB_PASSWORD' }],
  [[{ value: 'blue' }, { name: 'password' }]],
])('nothing is found in %j', (value) => {
  expect(found(JSON.stringify(value))).toEqual([]);
});
