import { createTraceState } from '@opentelemetry/api';
import { readOtSampling, withOtSampling } from '../src/ot-trace-state.js';

test.each([
  ['ot=th:c', { threshold: 'c0000000000000', randomness: undefined }],
  ['ot=th:0;rv:0123456789abcd', { threshold: '00000000000000', randomness: '0123456789abcd' }],
  ['vendor=1,ot=x:1;rv:0123456789abcd', { threshold: undefined, randomness: '0123456789abcd' }],
  ['vendor=th:c', { threshold: undefined, randomness: undefined }],
  ['ot=th:', { threshold: undefined, randomness: undefined }],
  ['ot=th:C;rv:0123', { threshold: undefined, randomness: undefined }],
  ['ot=th:0123456789abcde', { threshold: undefined, randomness: undefined }],
])('reads %s', (text, expected) => {
  expect(readOtSampling(createTraceState(text))).toEqual(expected);
});

test('says nothing of a span without tracestate', () => {
  expect(readOtSampling(undefined)).toEqual({ threshold: undefined, randomness: undefined });
});

test.each([
  [undefined, 'c0000000000000', undefined, 'ot=th:c'],
  [undefined, '00000000000000', undefined, 'ot=th:0'],
  [undefined, 'e6666666666666', '0123456789abcd', 'ot=th:e6666666666666;rv:0123456789abcd'],
  ['a=1,ot=th:8;rv:0123456789abcd;x:y,b=2', 'c0000000000000', undefined, 'ot=th:c;rv:0123456789abcd;x:y,a=1,b=2'],
  ['a=1,ot=th:8;rv:0123456789abcd', 'c0000000000000', 'dcba9876543210', 'ot=th:c;rv:dcba9876543210,a=1'],
  ['a=1,ot=th:8;rv:0123456789abcd', undefined, undefined, 'ot=rv:0123456789abcd,a=1'],
  ['a=1,ot=th:8', undefined, undefined, 'a=1'],
  // What a Collector cannot parse would cost the span there.
  ['ot=rv:123;garbage;X:1;a-b:1;ok:1.2-x', 'c0000000000000', undefined, 'ot=th:c;ok:1.2-x'],
])('writes into %s the threshold %s and the randomness %s', (text, threshold, randomness, expected) => {
  const before = text === undefined ? undefined : createTraceState(text);
  expect(withOtSampling(before, threshold, randomness).serialize()).toBe(expected);
  expect(before?.serialize()).toBe(text);
});

test('makes room for itself among as many members as there can be', () => {
  const full = createTraceState(Array.from({ length: 32 }, (_, i) => `m${i}=1`).join(','));
  const members = withOtSampling(full, 'c0000000000000').serialize().split(',');
  expect(members).toHaveLength(32);
  expect(members.slice(0, 2)).toEqual(['ot=th:c', 'm0=1']);
  expect(members.at(-1)).toBe('m30=1');
});
