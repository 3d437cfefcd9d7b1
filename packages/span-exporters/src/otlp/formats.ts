import { JSON_FORMAT } from './json-format.js';
import type { OtlpFormat } from './otlp-format.js';
import type { OtlpEncoding } from './otlp-payload.js';
import { PROTOBUF_FORMAT } from './protobuf-format.js';

/** How requests are written in each encoding. */
export const OTLP_FORMATS: Readonly<Record<OtlpEncoding, OtlpFormat>> = {
  protobuf: PROTOBUF_FORMAT,
  json: JSON_FORMAT,
};
