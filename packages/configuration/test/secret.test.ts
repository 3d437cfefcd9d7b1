import { format, inspect } from 'node:util';
import { readEnvironment, Secret } from '../src/index.js';

const text = ['not', 'to', 'be', 'shown'].join('-');

describe('Secret', () => {
  it('gives its text when it is asked to reveal it', () => {
    expect(new Secret(text).reveal()).toBe(text);
  });

  it.each([
    ['JSON', (model: unknown) => JSON.stringify(model)],
    ['the console', (model: unknown) => inspect(model, { depth: 9, showHidden: true })],
    ['a format', (model: unknown) => format('%s %o %O %j', model, model, model, model)],
    ['its own string', () => String(new Secret(text))],
    ['its properties', () => Reflect.ownKeys(new Secret(text)).map(String).join()],
  ])('does not show its text in %s', (_, dump) => {
    const { model } = readEnvironment({ OTEL_GENSPAN_REDACTION_HASH_KEY: text });
    expect(model.redaction.hashKey?.reveal()).toBe(text);
    expect(dump(model)).not.toContain(text);
  });
});
