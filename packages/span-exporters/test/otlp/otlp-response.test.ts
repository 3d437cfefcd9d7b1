import { readOtlpResponse } from '../../src/otlp/otlp-response.js';

/** `partial_success { rejected_spans: 300, error_message: "no" }`, written by hand. */
const REFUSED_300 = Buffer.from([0x0a, 0x07, 0x08, 0xac, 0x02, 0x12, 0x02, 0x6e, 0x6f]);

test.each([
  ['{"partialSuccess":{"rejectedSpans":"7","errorMessage":"quota"}}', { rejectedSpans: 7, hasMessage: true }],
  ['{"partialSuccess":{"rejectedSpans":7}}', { rejectedSpans: 7, hasMessage: false }],
  ['{"partialSuccess":{"rejectedSpans":"0","errorMessage":"soon over"}}', { rejectedSpans: 0, hasMessage: true }],
  ['{"partialSuccess":{"rejectedSpans":"-3"}}', { rejectedSpans: 0, hasMessage: false }],
  ['{"partialSuccess":{"rejectedSpans":"many"}}', { rejectedSpans: 0, hasMessage: false }],
  ['{"partialSuccess":{"rejectedSpans":{}}}', { rejectedSpans: 0, hasMessage: false }],
  ['{"partialSuccess":{}}', { rejectedSpans: 0, hasMessage: false }],
  ['{"partialSuccess":null}', { rejectedSpans: 0, hasMessage: false }],
  ['{}', { rejectedSpans: 0, hasMessage: false }],
  ['null', { rejectedSpans: 0, hasMessage: false }],
  ['[]', { rejectedSpans: 0, hasMessage: false }],
  ['<html>ok</html>', { rejectedSpans: 0, hasMessage: false }],
  ['', { rejectedSpans: 0, hasMessage: false }],
])('reads the JSON answer %s', (body, expected) => {
  expect(readOtlpResponse(Buffer.from(body), true)).toEqual(expected);
});

test.each([
  ['a refusal with a reason', REFUSED_300, { rejectedSpans: 300, hasMessage: true }],
  ['a warning', Buffer.from([0x0a, 0x03, 0x12, 0x01, 0x61]), { rejectedSpans: 0, hasMessage: true }],
  ['nothing', Buffer.alloc(0), { rejectedSpans: 0, hasMessage: false }],
  ['an empty partial success', Buffer.from([0x0a, 0x00]), { rejectedSpans: 0, hasMessage: false }],
  [
    'a negative count, which is ten bytes long',
    Buffer.from([0x0a, 0x0b, 0x08, ...Array<number>(9).fill(0xff), 0x01]),
    { rejectedSpans: 0, hasMessage: false },
  ],
  [
    'fields of a later version, of every wire type',
    Buffer.concat([
      Buffer.from([0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1d, 1, 2, 3, 4, 0x20, 0x05, 0x2a, 0x01, 0x00]),
      REFUSED_300,
    ]),
    { rejectedSpans: 300, hasMessage: true },
  ],
  ['one that is cut off', REFUSED_300.subarray(0, 5), { rejectedSpans: 0, hasMessage: false }],
  ['a group', Buffer.from([0x0b, 0x0c]), { rejectedSpans: 0, hasMessage: false }],
  ['text', Buffer.from('<html>ok</html>'), { rejectedSpans: 0, hasMessage: false }],
  ['a varint without an end', Buffer.alloc(64, 0xff), { rejectedSpans: 0, hasMessage: false }],
])('reads the protobuf answer %s', (_, body, expected) => {
  expect(readOtlpResponse(body, false)).toEqual(expected);
});
