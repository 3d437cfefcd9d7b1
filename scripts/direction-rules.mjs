// Which package may import which: leaves ← components ← pipeline ← node → configuration.

const LEAVES = ['semconv', 'span-processor-base', 'genai-context', 'genai-operation'];
const COMPONENTS = [
  'instrumentation-openai',
  'sampling-span-processor',
  'redaction-span-processor',
  'enrichment-span-processor',
  'genai-mapping-span-processor',
  'buffered-span-processor',
  'span-exporters',
  'attachments',
];

/** The packages of ours that each package's sources may import. A new package is a new row. */
export const ALLOWED_IMPORTS = {
  semconv: [],
  'span-processor-base': ['semconv'],
  'genai-context': ['semconv'],
  'genai-operation': ['semconv'],
  ...Object.fromEntries(COMPONENTS.map((name) => [name, LEAVES])),
  // It translates the client's calls and does nothing else; another client library is one more row like this.
  'instrumentation-openai': ['semconv', 'genai-operation'],
  pipeline: [...LEAVES, ...COMPONENTS],
  configuration: ['semconv'],
  'collector-config': ['semconv', 'configuration'],
  tracing: [...LEAVES, 'attachments'],
  node: [...LEAVES, ...COMPONENTS, 'pipeline', 'configuration', 'tracing'],
  cli: [...LEAVES, ...COMPONENTS, 'pipeline', 'configuration', 'tracing', 'collector-config', 'node'],
  'test-utils': LEAVES,
};

/** Imported by tests only. */
export const TEST_PACKAGE = 'test-utils';

/**
 * The only sources that read `process.env`: a folder ends in a slash. The preload looks at `OTEL_SDK_DISABLED` before it loads
 * anything, so that a disabled genspan costs nothing.
 */
export const ENVIRONMENT_READERS = [
  'packages/configuration/',
  'packages/instrumentation-openai/src/environment.ts',
  'packages/node/register.cjs',
];

/** A name that says nothing attracts everything: in packages also as the last word of a name, elsewhere as the whole name. */
export const FORBIDDEN_NAMES = ['core', 'common', 'shared', 'utils', 'util', 'helpers', 'helper'];
