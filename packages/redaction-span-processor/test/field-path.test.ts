import { OptionError } from '@genspan/span-processor-base';
import { parseFieldPath } from '../src/field-path.js';

describe('parseFieldPath', () => {
  it.each([
    ['api_key', [{ kind: 'name', name: 'api_key' }]],
    [
      'Credentials.API_Key',
      [
        { kind: 'name', name: 'credentials' },
        { kind: 'name', name: 'api_key' },
      ],
    ],
    ['*.authorization', [{ kind: 'any' }, { kind: 'name', name: 'authorization' }]],
    ['a.**.ssn', [{ kind: 'name', name: 'a' }, { kind: 'deep' }, { kind: 'name', name: 'ssn' }]],
    ['X-*-Key', [{ kind: 'glob', glob: 'x-*-key' }]],
    [
      'm[*].p[3][-1]',
      [
        { kind: 'name', name: 'm' },
        { kind: 'element' },
        { kind: 'name', name: 'p' },
        { kind: 'index', index: 3 },
        { kind: 'index', index: -1 },
      ],
    ],
    ['[0]', [{ kind: 'index', index: 0 }]],
    [
      'm[Role=User]',
      [
        { kind: 'name', name: 'm' },
        { kind: 'filter', member: 'role', value: 'User', hasWildcard: false },
      ],
    ],
    [
      '[type=tool_*].id',
      [
        { kind: 'filter', member: 'type', value: 'tool_*', hasWildcard: true },
        { kind: 'name', name: 'id' },
      ],
    ],
    ['[name="a ] * b"]', [{ kind: 'filter', member: 'name', value: 'a ] * b', hasWildcard: false }]],
    ["[name='']", [{ kind: 'filter', member: 'name', value: '', hasWildcard: false }]],
    [
      '[a=b=c][d="x"]',
      [
        { kind: 'filter', member: 'a', value: 'b=c', hasWildcard: false },
        { kind: 'filter', member: 'd', value: 'x', hasWildcard: false },
      ],
    ],
    [
      '["a.B"]["x[0]*"]',
      [
        { kind: 'name', name: 'a' },
        { kind: 'name', name: 'b' },
        { kind: 'name', name: 'x[0]*' },
      ],
    ],
    [
      "a['b']",
      [
        { kind: 'name', name: 'a' },
        { kind: 'name', name: 'b' },
      ],
    ],
    [
      '$schema.größe',
      [
        { kind: 'name', name: '$schema' },
        { kind: 'name', name: 'größe' },
      ],
    ],
    ['ÄB', [{ kind: 'name', name: 'Äb' }]],
    ['user name', [{ kind: 'name', name: 'user name' }]],
  ])('reads %s', (path, steps) => {
    expect(parseFieldPath(path, 'fields[0]')).toEqual(steps);
  });

  it.each([
    ['', /white space/],
    [' a', /white space/],
    ['a\n', /white space/],
    ['.a', /no segment is empty/],
    ['a.', /a name follows each dot/],
    ['a..b', /no segment is empty/],
    ['a.[0]', /a name follows each dot/],
    ['$.a', /not with `\$`/],
    ['a]', /each `\]` closes/],
    ['a[0', /is closed by `\]`/],
    ['a[', /is closed by `\]`/],
    ['a[]', /in brackets is/],
    ['a[01]', /in brackets is/],
    ['a[-0]', /in brackets is/],
    ['a[1:2]', /in brackets is/],
    ['a[1,2]', /in brackets is/],
    ['a[?(@.b)]', /in brackets is/],
    ['a[b!=c]', /in brackets is/],
    ['a[=c]', /in brackets is/],
    ['a[**]', /in brackets is/],
    ['a[b=]', /a value follows/],
    ['a[b==c]', /a value follows/],
    ['a[b= c]', /a value follows/],
    ['a[b="c]', /is closed by/],
    ['a[b="]', /is closed by/],
    ['a["b]', /is closed by `"\]`/],
    ['a[""]', /no name is empty/],
    ['a[0]b', /a dot or `\[` follows/],
    ['a**', /segment of its own/],
    ['***', /segment of its own/],
    [Array(33).fill('a').join('.'), /at most 32 segments/],
    ['a'.repeat(1_025), /at most 1024 characters/],
  ])('refuses %j, and says why', (path, reason) => {
    const parse = (): unknown => parseFieldPath(path, 'rules[2].fields[1]');
    expect(parse).toThrow(OptionError);
    expect(parse).toThrow(/`rules\[2\]\.fields\[1\]`/);
    expect(parse).toThrow(reason);
  });
});
