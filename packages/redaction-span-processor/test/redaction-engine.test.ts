import { parseRedactorOptions } from '../src/parse-redactor-options.js';
import { RedactionEngine, REMOVED } from '../src/redaction-engine.js';
import type { RedactorOptions } from '../src/redactor-options.js';

const email = 'ann@example.com';

function engine(options: RedactorOptions = {}): RedactionEngine {
  return new RedactionEngine(parseRedactorOptions(options));
}

const fail = (): never => {
  throw new Error(email);
};

describe('texts', () => {
  test('without a match are the identical string, and count nothing', () => {
    const tested = engine();
    const text = ['nothing ', 'to see'].join('');
    expect(tested.text(text, 'span.name')).toBe(text);
    expect(tested.stats()).toEqual({
      matches: {},
      maskedWhole: { error: 0, length: 0, structure: 0 },
      notAllowed: 0,
      spans: 0,
      logRecords: 0,
      timeMillis: 0,
    });
  });

  test('are counted by detector and by field', () => {
    const tested = engine();
    expect(tested.text(`${email}, ${email}, 4111 1111 1111 1111`, 'span.name')).toBe(
      '[REDACTED], [REDACTED], [REDACTED]',
    );
    tested.text(email, 'log.body');
    expect(tested.stats().matches).toEqual({
      email: { 'span.name': 2, 'log.body': 1 },
      payment_card: { 'span.name': 1 },
    });
  });

  test.each<[string, RedactorOptions, string]>([
    ['mask', {}, 'to [REDACTED]!'],
    ['mask with labels', { labels: true }, 'to [REDACTED:email]!'],
    ['partial', { mode: 'partial', keepLast: 3 }, 'to [REDACTED]com!'],
    ['remove', { mode: 'remove' }, 'to !'],
  ])('are replaced in mode %s, and marks not again', (_mode, options, expected) => {
    const tested = engine(options);
    expect(tested.text(`to ${email}!`, 'text')).toBe(expected);
    expect(tested.text(expected, 'text')).toBe(expected);
  });

  test('longer than maxValueLength are masked whole without being searched', () => {
    const tested = engine({ maxValueLength: 64 });
    expect(tested.text('a'.repeat(64), 'text')).toBe('a'.repeat(64));
    expect(tested.text('a'.repeat(65), 'text')).toBe('[REDACTED]');
    expect(tested.attribute('k', 'a'.repeat(65), 'span.attribute')).toBe('[REDACTED]');
    expect(tested.attribute('k', ['a', 'a'.repeat(65)], 'span.attribute')).toEqual(['a', '[REDACTED]']);
    expect(tested.stats()).toMatchObject({ matches: {}, maskedWhole: { length: 3, error: 0 } });
  });

  test('that are too long are masked whole before a rule looks into them', () => {
    const tested = engine({ maxValueLength: 64, rules: [{ name: 'k', fields: ['a.b'] }] });
    expect(tested.attribute('a', `{"b":1,"c":"${'x'.repeat(64)}"}`, 'span.attribute')).toBe('[REDACTED]');
    expect(tested.stats().maskedWhole.length).toBe(1);
  });
});

describe('rules', () => {
  test('with a replacement of their own go before the mode', () => {
    const tested = engine({
      mode: 'remove',
      rules: [
        { name: 'fruit', pattern: /kiwi|plum/, replacement: (match, name) => `<${name}:${match.length}>` },
        { name: 'field', fields: ['app.secret'], replacement: '***' },
      ],
    });
    expect(tested.text(`kiwi and plum for ${email}`, 'text')).toBe('<fruit:4> and <fruit:4> for ');
    expect(tested.attribute('app.secret', 'x', 'span.attribute')).toBe('***');
    expect(tested.attribute('app.secret', { a: ['x', 1] }, 'span.attribute')).toEqual({ a: ['***', '***'] });
  });

  test.each<[string, NonNullable<RedactorOptions['rules']>[number]]>([
    ['validator that throws', { name: 'fruit', pattern: /kiwi/, validate: fail }],
    ['replacement that throws', { name: 'fruit', pattern: /kiwi/, replacement: fail }],
    ['replacement that is no text', { name: 'fruit', pattern: /kiwi/, replacement: (() => 7) as never }],
    ['replacement of a field that throws', { name: 'fruit', fields: ['fruit'], replacement: fail }],
    [
      'replacement of a field that is no text',
      { name: 'fruit', fields: ['fruit'], replacement: (() => null) as never },
    ],
  ])('with a %s mean the mask, and are counted', (_what, rule) => {
    const tested = engine({ rules: [rule] });
    expect(tested.attribute('fruit', 'a kiwi and more', 'span.attribute')).toBe('[REDACTED]');
    expect(tested.attribute('fruit', ['a kiwi'], 'span.attribute')).toBe('[REDACTED]');
    expect(tested.attribute('other', 'a plum', 'span.attribute')).toBe('a plum');
    expect(tested.stats().maskedWhole).toEqual({ error: 2, length: 0, structure: 0 });
  });

  test('whose validator throws make a text the mask, and one match of it', () => {
    const tested = engine({ rules: [{ name: 'fruit', pattern: /kiwi/, validate: fail }] });
    expect(tested.text('a kiwi', 'span.name')).toBe('[REDACTED]');
    expect(tested.find('a kiwi')).toEqual([{ detector: 'error', start: 0, end: 6 }]);
    expect(tested.key('a kiwi', 'span.attribute')).toBe('[REDACTED]');
  });

  test('that name a field in what cannot be read make it the mask', () => {
    const tested = engine({ rules: [{ name: 'k', fields: ['a.secret'] }] });
    const circular: Record<string, unknown> = { secret: 1 };
    circular['self'] = circular;
    expect(tested.attribute('a', '{"secret":"x', 'span.attribute')).toBe('[REDACTED]');
    expect(tested.attribute('a', circular, 'span.attribute')).toBe('[REDACTED]');
    expect(tested.stats().maskedWhole.structure).toBe(2);
  });
});

describe('a field that a rule names, in mode remove', () => {
  const VALUES: readonly (readonly [string, unknown])[] = [
    ['a text', 'plum'],
    ['an empty text', ''],
    ['a mark', '[REDACTED]'],
    ['a number', 0],
    ['null', null],
    ['a list of texts', ['plum', email]],
    ['an empty list', []],
    ['JSON', `{"a":"plum","to":["${email}"]}`],
    ['broken JSON', '{"a":"plum'],
    ['an object', { a: { role: 'user', b: ['plum'] } }],
    ['what cannot be read', new Proxy({}, { ownKeys: fail, get: fail })],
    ['a text that is too long', 'x'.repeat(100)],
  ];
  const rules = [{ name: 'secret', fields: ['app.secret', 'body'] }];

  test.each(VALUES)('is taken away as a whole if it is %s, and is one match', (_what, value) => {
    const tested = engine({ mode: 'remove', maxValueLength: 64, rules });
    expect(tested.attribute('app.secret', value, 'span.attribute')).toBe(REMOVED);
    expect(tested.attribute('app.secret.below', value, 'span.attribute')).toBe(REMOVED);
    expect(tested.pseudo('body', value, 'log.body')).toBe(REMOVED);
    expect(tested.stats()).toMatchObject({
      matches: { secret: { 'span.attribute': 2, 'log.body': 1 } },
      maskedWhole: { error: 0, length: 0, structure: 0 },
    });
  });

  test.each(VALUES)('is only counted in a dry run if it is %s', (_what, value) => {
    const tested = engine({ mode: 'remove', dryRun: true, maxValueLength: 64, rules });
    expect(tested.attribute('app.secret', value, 'span.attribute')).toBe(value);
    expect(tested.takeMarks()).toEqual({ secret: 1 });
    expect(tested.stats().matches).toEqual({ secret: { 'span.attribute': 1 } });
  });

  test('stays with the replacement of its rule', () => {
    const tested = engine({ mode: 'remove', rules: [{ name: 'secret', fields: ['app.secret'], replacement: '?' }] });
    expect(tested.attribute('app.secret', ['plum', 'kiwi'], 'span.attribute')).toEqual(['?', '?']);
    expect(tested.attribute('app.secret', '{"a":"plum"}', 'span.attribute')).toBe('{"a":"?"}');
  });

  test('is taken out of the JSON or the object that it is a part of', () => {
    const tested = engine({ mode: 'remove', rules });
    expect(tested.attribute('app', '{"secret":"plum","n":1}', 'span.attribute')).toBe('{"n":1}');
    expect(tested.attribute('app', { secret: 'plum', n: 1 }, 'span.attribute')).toEqual({ n: 1 });
  });

  test('of all values leaves nothing of one without a key', () => {
    expect(engine({ mode: 'remove', rules: [{ name: 'all', fields: ['**'] }] }).value({ a: 1 })).toBe(REMOVED);
  });
});

describe('allowKeys', () => {
  const options: RedactorOptions = { allowKeys: ['gen_ai.*', 'body'] };

  test('remove all other attributes and count them; what may leave is still searched', () => {
    const tested = engine(options);
    expect(tested.attribute('app.note', 'x', 'span.attribute')).toBe(REMOVED);
    expect(tested.attribute('gen_ai.prompt', `to ${email}`, 'span.attribute')).toBe('to [REDACTED]');
    expect(tested.pseudo('status.message', 'x', 'span.status')).toBe(REMOVED);
    expect(tested.pseudo('body', 'x', 'log.body')).toBe('x');
    expect(tested.stats().notAllowed).toBe(2);
  });

  test('only count in a dry run', () => {
    const tested = engine({ ...options, dryRun: true });
    expect(tested.attribute('app.note', 'x', 'span.attribute')).toBe('x');
    expect(tested.stats().notAllowed).toBe(1);
  });

  test('let no attribute leave when there are none', () => {
    expect(engine({ allowKeys: [] }).attribute('a', 1, 'span.attribute')).toBe(REMOVED);
  });
});

describe('keys', () => {
  test('are rewritten when they hold a secret', () => {
    const tested = engine();
    expect(tested.key(`mail.${email}`, 'span.attribute')).not.toContain(email);
    expect(tested.key('gen_ai.prompt', 'span.attribute')).toBe('gen_ai.prompt');
    expect(tested.stats().matches).toEqual({ email: { 'span.attribute': 1 } });
  });

  test('that say that a value is secret make it one match', () => {
    const tested = engine();
    const value = ['tr0ub4', 'dor&3'].join('');
    expect(tested.attribute('db.password', value, 'span.attribute')).toBe('[REDACTED]');
    expect(tested.attribute('db.user', value, 'span.attribute')).toBe(value);
    expect(tested.stats().matches).toEqual({ secret_field: { 'span.attribute': 1 } });
  });
});

test('a replacement in which its rule finds something does not grow each time', () => {
  const rules = [{ name: 'f', pattern: /kiwi/, replacement: () => 'kiwi, kiwi' }];
  expect(engine({ rules }).text('a kiwi', 'text')).toBe('a [REDACTED], [REDACTED]');
});

test('nothing is found in what is no text, of a caller without types', () => {
  expect(engine().find(Object(undefined) as string)).toEqual([]);
});

describe('a dry run', () => {
  test('changes nothing, and tells what was found since it was last asked', () => {
    const tested = engine({
      dryRun: true,
      rules: [
        { name: 'fruit', pattern: /kiwi/ },
        { name: 'secret', fields: ['app.secret'] },
      ],
    });
    const value = { to: [email, 'a kiwi'], list: '["kiwi"]' };
    expect(tested.attribute('a', value, 'span.attribute')).toBe(value);
    expect(tested.attribute('app.secret', 'plum', 'span.attribute')).toBe('plum');
    expect(tested.text(email, 'span.name')).toBe(email);
    expect(tested.takeMarks()).toEqual({ email: 2, fruit: 2, secret: 1 });
    expect(tested.takeMarks()).toBeUndefined();
    expect(tested.stats().matches).toEqual({
      email: { 'span.attribute': 1, 'span.name': 1 },
      fruit: { 'span.attribute': 2 },
      secret: { 'span.attribute': 1 },
    });
  });

  test('counts what is in parts of a message as often as it is redacted otherwise', () => {
    const parts = [
      { type: 'text', content: `to ${email}` },
      { type: 'text', content: ' or a kiwi', note: email },
    ];
    const rules = [{ name: 'fruit', pattern: /kiwi/ }];
    for (const value of [parts, JSON.stringify(parts), { messages: [{ role: 'user', parts }] }]) {
      const [wet, dry] = [engine({ rules }), engine({ rules, dryRun: true })];
      wet.attribute('a', value, 'span.attribute');
      dry.attribute('a', value, 'span.attribute');
      expect(wet.stats().matches).toEqual({ email: { 'span.attribute': 2 }, fruit: { 'span.attribute': 1 } });
      expect(dry.stats().matches).toEqual(wet.stats().matches);
    }
  });

  test('leaves what would be masked whole, and counts it', () => {
    const tested = engine({
      dryRun: true,
      maxValueLength: 64,
      rules: [{ name: 'f', pattern: /kiwi/, validate: fail }],
    });
    const long = 'x'.repeat(65);
    expect(tested.text(long, 'text')).toBe(long);
    expect(tested.attribute('a', ['kiwi'], 'span.attribute')).toEqual(['kiwi']);
    expect(tested.stats().maskedWhole).toEqual({ error: 1, length: 1, structure: 0 });
  });

  test('counts in the fields that a rule names what is left in them, as a run does', () => {
    const rules = [{ name: 'secret', fields: ['app.secret'] }];
    const value = { 'app.secret': `to ${email}`, other: email };
    const [wet, dry] = [engine({ rules }), engine({ rules, dryRun: true })];
    wet.value(value);
    dry.value(value);
    expect(wet.stats().matches).toEqual({ secret: { text: 1 }, email: { text: 1 } });
    expect(dry.stats().matches).toEqual(wet.stats().matches);
  });

  test('calls no replacement', () => {
    const replacement = jest.fn(fail);
    const tested = engine({ dryRun: true, rules: [{ name: 'f', pattern: /kiwi/, replacement }] });
    expect(tested.text('kiwi', 'text')).toBe('kiwi');
    expect(replacement).not.toHaveBeenCalled();
  });
});

test('marks are only kept in a dry run', () => {
  const tested = engine();
  tested.text(email, 'span.name');
  expect(tested.takeMarks()).toBeUndefined();
});

test('find counts nothing, and says of a text that is too long that all of it goes', () => {
  const tested = engine({ maxValueLength: 64 });
  expect(tested.find(`to ${email}`)).toEqual([{ detector: 'email', start: 3, end: 18 }]);
  expect(tested.find('x'.repeat(65))).toEqual([{ detector: 'length', start: 0, end: 65 }]);
  expect(tested.stats()).toMatchObject({ matches: {}, maskedWhole: { length: 0 } });
});

test('stats do not change once they were handed out', () => {
  const tested = engine();
  tested.text(email, 'text');
  const before = tested.stats();
  const copy = structuredClone(before);
  tested.text(email, 'text');
  tested.text(email, 'span.name');
  tested.countSpan(2);
  tested.countLogRecord(0.5);
  expect(before).toEqual(copy);
  expect(tested.stats()).toMatchObject({ spans: 1, logRecords: 1, timeMillis: 2.5 });
});

test.each<[string, RedactorOptions, string]>([
  [
    'pattern',
    {
      rules: [
        { name: 'a', fields: ['b'] },
        { name: 'slow', pattern: /(a+)+$/ },
      ],
    },
    'rules[1].pattern',
  ],
  ['path', { rules: [{ name: 'a', fields: ['b', 'c['] }] }, 'rules[0].fields[1]'],
  ['allowed pattern', { allowPatterns: [/a/, /(a+)+$/] }, 'allowPatterns[1]'],
  ['allowed key', { allowKeys: [' a'] }, 'allowKeys[0]'],
])('a wrong %s is told when the engine is made', (_what, options, option) => {
  expect(() => engine(options)).toThrow(`Expected \`${option}\` to `);
});

describe('names of attributes and members', () => {
  const digits = ['415', '555', '2671'].join('');
  const word = ['hunter', '2x'].join('');

  test.each<[string, unknown]>([
    ['user.phone', digits],
    ['customer.phoneNumber', digits],
    ['user.ssn', ['078', '05', '1120'].join('')],
    ['db.password', word],
    ['http.request.header.authorization', ['Custom', 'abcdef123456'].join(' ')],
  ])('say what the value of %s is', (key, value) => {
    const redacted = engine().attribute(key, value, 'span.attribute');
    expect(redacted).toMatch(/\[REDACTED\]$/);
    expect(engine().attribute('order.code', value, 'span.attribute')).toBe(value);
  });

  test('say it of structured members, of pairs of a name and a value, and of all items of a list', () => {
    const value = {
      phone: digits,
      env: [{ name: 'DB_PASSWORD', value: word }],
      passwords: 1500,
      words: [word],
      json: JSON.stringify({ password: [`${word}a`, `${word}b`] }),
    };
    expect(engine().value(value)).toEqual({
      ...value,
      phone: '[REDACTED]',
      env: [{ name: 'DB_PASSWORD', value: '[REDACTED]' }],
      json: '{"password":["[REDACTED]","[REDACTED]"]}',
    });
  });
});

test.each<[string, (secret: string) => string]>([
  ['in brackets', (secret) => `password=(${secret})`],
  ['in angle brackets and quotes', (secret) => `password="<${secret}>"`],
  ['behind a word of placeholders', (secret) => `password=your-${secret}`],
  ['behind a filler', (secret) => `password=xxxxxx${secret}`],
  ['behind the name of a variable', (secret) => `password=user.${secret}`],
  ['behind a dollar sign', (secret) => `password=$${secret}`],
  ['in a sentence about passwords', (secret) => JSON.stringify({ password: `must be ${secret}` })],
  ['far behind its name', (secret) => `{"password":${' '.repeat(40)}"${secret}"}`],
  ['in a line of its own, as its name and the colon', (secret) => `{\n"password"\n:\n"${secret}"\n}`],
  ['in an object with a value', (secret) => JSON.stringify({ password: { value: secret } })],
  ['in a list of passwords', (secret) => JSON.stringify({ passwords: ['a1b2c3', secret] })],
])('a password is found %s', (_place, textOf) => {
  const secret = ['hunter', '2X9'].join('');
  expect(engine().text(textOf(secret), 'text')).not.toContain(secret);
});
