import { OpenAIInstrumentation } from '@genspan/instrumentation-openai';
import { modulesOf, setProviders } from '../src/instrumentation-like.js';
import type { InstrumentationLike } from '../src/instrumentation-like.js';

const instrumentation = new OpenAIInstrumentation({ enabled: false });

const withDefinitions = (definitions: object[]): InstrumentationLike =>
  Object.assign(Object.create(instrumentation) as InstrumentationLike, { getModuleDefinitions: () => definitions });

describe('modulesOf', () => {
  it('lists the module that is instrumented', () => {
    expect(modulesOf(instrumentation)).toContain('openai');
  });

  it('matches files inside a package by their URL', () => {
    const [name, pattern] = modulesOf(withDefinitions([{ name: 'pg.x', files: [{ name: 'pg.x/lib/client.js' }] }]));
    expect(name).toBe('pg.x');
    const matches = (url: string) => (pattern as RegExp).test(url);
    expect(matches('file:///app/node_modules/pg.x/lib/client.js')).toBe(true);
    expect(matches('file:///app/node_modules/pg.x/lib/client.mjs')).toBe(true);
    expect(matches('file:///app/node_modules/pgox/lib/client.js')).toBe(false);
    expect(matches('file:///app/node_modules/pg.x/lib/client.json')).toBe(false);
  });

  it('is empty for an instrumentation that does not say', () => {
    expect(modulesOf({ ...instrumentation, getModuleDefinitions: undefined } as never)).toEqual([]);
  });
});

describe('setProviders', () => {
  it('gives each provider to an instrumentation that can take it', () => {
    const taken: unknown[] = [];
    const take = (provider: unknown) => void taken.push(provider);
    const both = Object.assign(Object.create(instrumentation) as InstrumentationLike, {
      setTracerProvider: take,
      setLoggerProvider: take,
    });
    setProviders(both, { tracerProvider: 1, loggerProvider: 2 });
    setProviders(both, { tracerProvider: 3, loggerProvider: undefined });
    setProviders({} as InstrumentationLike, { tracerProvider: 4, loggerProvider: 5 });
    expect(taken).toEqual([1, 2, 3]);
  });
});
