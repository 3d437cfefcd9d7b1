import { integerType, textType } from '../variable-type.js';
import { variable } from '../variable.js';

/** Options of the `jsonl` exporter. */
export const JSONL_VARIABLES = {
  path: variable({
    name: 'OTEL_GENSPAN_JSONL_PATH',
    type: textType,
    default: 'genspan-traces.jsonl',
    description: 'File that the `jsonl` exporter appends to, relative to the current directory.',
  }),
  maxFileBytes: variable({
    name: 'OTEL_GENSPAN_JSONL_MAX_FILE_BYTES',
    type: integerType(1, 'bytes'),
    default: 64 * 1024 * 1024,
    description: 'Size in bytes at which that file is rotated.',
  }),
  maxFiles: variable({
    name: 'OTEL_GENSPAN_JSONL_MAX_FILES',
    type: integerType(1, 'files'),
    default: 5,
    description: 'Files kept, the current one included.',
  }),
};
