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
])('writes into %s the threshold %s and the randomness %s', (text, threshold, randomness, expected) => {
  const before = text === undefined ? undefined : createTraceState(text);
  expect(withOtSampling(before, threshold, randomness).serialize()).toBe(expected);
  expect(before?.serialize()).toBe(text);
});
