import {
  context as contextApi,
  defaultTextMapGetter,
  defaultTextMapSetter,
  diag,
  propagation,
  ROOT_CONTEXT,
} from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CBaggagePropagator } from '@opentelemetry/core';
import { recordWarnings } from '@genspan/test-utils';
import { genAIBaggageAttributes, setGenAIContext, withGenAIContext } from '../src/index.js';
import type { GenAIContextKey } from '../src/index.js';

const KEYS: readonly GenAIContextKey[] = ['sessionId', 'userId', 'tags', 'metadata'];

function headerOf(context: Context): string | undefined {
  const carrier: Record<string, string> = {};
  new W3CBaggagePropagator().inject(context, carrier, defaultTextMapSetter);
  return carrier['baggage'];
}

function received(header: string): Context {
  return new W3CBaggagePropagator().extract(ROOT_CONTEXT, { baggage: header }, defaultTextMapGetter);
}

afterEach(() => {
  diag.disable();
  contextApi.disable();
});

test('sends nothing unless asked', () => {
  expect(headerOf(setGenAIContext(ROOT_CONTEXT, { sessionId: 's', userId: 'u' }))).toBeUndefined();
});

test('brings the named values, and only them, to another service', () => {
  const values = {
    sessionId: 's 1',
    userId: 'ü=;,',
    tenantId: 'private',
    tags: ['a', 'b'],
    metadata: { plan: 'pro', n: 3 },
  };
  const header = headerOf(setGenAIContext(ROOT_CONTEXT, values, { baggage: KEYS })) ?? '';
  expect(header).not.toContain('private');
  expect(genAIBaggageAttributes(received(header), KEYS)).toEqual({
    'session.id': 's 1',
    'user.id': 'ü=;,',
    'genspan.tags': ['a', 'b'],
    'genspan.metadata.plan': 'pro',
    'genspan.metadata.n': '3',
  });
  expect(genAIBaggageAttributes(received(header), ['userId'])).toEqual({ 'user.id': 'ü=;,' });
});

test('sends values of an enclosing call that the inner one names', () => {
  contextApi.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const header = withGenAIContext({ sessionId: 's' }, () =>
    withGenAIContext({ userId: 'u' }, () => headerOf(contextApi.active()), { baggage: ['sessionId'] }),
  );
  expect(header).toBe('session.id=s');
});

test('leaves the entries of others alone', () => {
  const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ other: { value: '1' } }));
  const header = headerOf(setGenAIContext(context, { sessionId: 's' }, { baggage: ['sessionId'] }));
  expect(header).toBe('other=1,session.id=s');
  expect(genAIBaggageAttributes(received('other=1,genspan.metadata.=2'), KEYS)).toBeUndefined();
});

test('leaves out what is too long, or too much, and says so once without the value', () => {
  const lines = recordWarnings();
  const metadata = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`k${index}`, 'v'.repeat(300)]));
  const values = { sessionId: 's'.repeat(513), userId: '\ud800', metadata };
  const header = headerOf(setGenAIContext(ROOT_CONTEXT, values, { baggage: KEYS })) ?? '';
  expect(header.split(',').map((entry) => entry.split('=')[0])).toEqual(
    [0, 1, 2, 3, 4, 5].map((n) => `genspan.metadata.k${n}`),
  );
  expect(header.length).toBeLessThanOrEqual(2_048);
  expect(lines).toHaveLength(3);
  expect(lines.join('\n')).not.toMatch(/vvv|sss/);
});

test('takes only so much from a request', () => {
  const many = Array.from({ length: 100 }, (_, index) => `genspan.metadata.k${index}=v`).join(',');
  expect(Object.keys(genAIBaggageAttributes(received(many), KEYS) ?? {})).toHaveLength(32);
  expect(genAIBaggageAttributes(received(`user.id=${'x'.repeat(513)}`), KEYS)).toBeUndefined();
});

test.each(['userId', ['nothing'], [1], {}])('says what is wrong with the keys %p and runs on', (baggage) => {
  const wrong = JSON.parse(JSON.stringify(baggage)) as readonly GenAIContextKey[];
  expect(withGenAIContext({ userId: 'u' }, () => 7, { baggage: wrong })).toBe(7);
});

test('reads the thousands of entries of a hostile request once, however many spans it has', () => {
  const context = received(Array.from({ length: 10_000 }, (_unused, n) => `genspan.metadata.k${n}=v`).join(','));
  const baggage = propagation.getBaggage(context);
  const entries = jest.spyOn(baggage ?? propagation.createBaggage(), 'getAllEntries');
  const first = genAIBaggageAttributes(context, KEYS);
  for (let span = 0; span < 50; span++) expect(genAIBaggageAttributes(context, KEYS)).toBe(first);
  expect(entries).toHaveBeenCalledTimes(1);
  expect(Object.keys(first ?? {})).toHaveLength(32);
});

test('passes over names that are too long', () => {
  const context = received(`genspan.metadata.${'k'.repeat(600)}=v,genspan.metadata.k=v`);
  expect(genAIBaggageAttributes(context, KEYS)).toEqual({ 'genspan.metadata.k': 'v' });
});

test('makes nothing of prototype keys, entries that come twice and bytes that are no UTF-8', () => {
  const context = received(
    '__proto__=x,genspan.metadata.__proto__=y,session.id=one,session.id=two,user.id=%ff%fe,constructor=z',
  );
  const attributes = genAIBaggageAttributes(context, KEYS);
  expect(attributes).toEqual({ 'genspan.metadata.__proto__': 'y', 'session.id': 'two' });
  expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
});
