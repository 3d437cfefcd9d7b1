import {
  anyListType,
  booleanType,
  integerType,
  keyValueType,
  optional,
  synonymType,
  wordListType,
  wordType,
} from '../variable-type.js';
import { variable } from '../variable.js';

/** The values of `withGenAIContext()`. */
export const CONTEXT_KEYS = [
  'sessionId',
  'userId',
  'tenantId',
  'conversationId',
  'tags',
  'metadata',
  'promptName',
  'promptVersion',
] as const;

/** What is not understood leaves out, so that a slip never shows more than was meant. */
const captureType = { ...booleanType, salvage: () => false };

/** How tokens are counted where no usage was reported. */
export type TokenEstimate = 'none' | 'tokenizer' | 'length';

/**
 * What is added to spans, and how much they may hold. Options and defaults are those of `EnrichmentSpanProcessor`; what a path
 * means is checked where the stage is made, because this package knows none of the stages.
 */
export const ENRICHMENT_VARIABLES = {
  enabled: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_ENABLED',
    type: booleanType,
    default: true,
    description: 'Adds context, cost and totals to spans, and keeps what they hold within limits.',
  }),
  attributes: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_ATTRIBUTES',
    type: keyValueType,
    default: {},
    description: 'Attributes of every span that does not have them already: `team=ai,region=eu`.',
  }),
  context: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_CONTEXT',
    type: booleanType,
    default: true,
    description: 'Writes the values of `withGenAIContext()` on every span that starts in it.',
  }),
  baggageKeys: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_BAGGAGE_KEYS',
    type: wordListType(CONTEXT_KEYS),
    default: [],
    description: 'Context values that are believed when they come with a request, by baggage: `sessionId,userId`.',
  }),
  cost: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_COST',
    type: booleanType,
    default: true,
    description: 'Writes what calls of models cost, by a table of public prices in the package.',
  }),
  tokens: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_TOKENS',
    type: synonymType<TokenEstimate>({ none: 'none', false: 'none', tokenizer: 'tokenizer', length: 'length' }),
    default: 'none',
    description:
      'Counts the tokens of captured content where no usage was reported: by `gpt-tokenizer`, if installed, or by `length`.',
  }),
  traceTotals: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_TRACE_TOTALS',
    type: booleanType,
    default: true,
    description: 'Sums up tokens, cost, calls and errors of a trace on its local root.',
  }),
  maxValueBytes: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_MAX_VALUE_BYTES',
    type: integerType(256, 'bytes'),
    default: 1_048_576,
    description: 'Bytes of one attribute; what is longer is cut, JSON stays JSON.',
  }),
  maxMessageBytes: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_MAX_MESSAGE_BYTES',
    type: optional(integerType(256, 'bytes')),
    default: undefined,
    description: 'Bytes of one message in a list of messages.',
  }),
  keepFirstMessages: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_KEEP_FIRST_MESSAGES',
    type: optional(integerType(0)),
    default: undefined,
    description: 'How many of the first messages of an input stay.',
  }),
  keepLastMessages: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_KEEP_LAST_MESSAGES',
    type: optional(integerType(0)),
    default: undefined,
    description: 'How many of the last messages of an input stay.',
  }),
  dropToolDefinitions: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_DROP_TOOL_DEFINITIONS',
    type: synonymType<'false' | 'true' | 'names'>({ false: 'false', true: 'true', names: 'names' }),
    default: 'false',
    description: 'Drops the definitions of tools; `names` keeps type and name of each.',
  }),
  embeddings: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_EMBEDDINGS',
    type: wordType(['keep', 'length'] as const),
    default: 'keep',
    description: 'Whether embeddings stay on spans, or only how many numbers they have.',
  }),
  excludeFields: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_EXCLUDE_FIELDS',
    type: anyListType,
    default: [],
    description: 'Paths of values that become `[EXCLUDED]`: `gen_ai.tool.call.arguments.**.ssn`.',
  }),
  captureInputs: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_CAPTURE_INPUTS',
    type: captureType,
    default: true,
    description: 'Whether spans keep what was given to models and tools, where it was captured.',
  }),
  captureOutputs: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_CAPTURE_OUTPUTS',
    type: captureType,
    default: true,
    description: 'Whether spans keep what models and tools answered, where it was captured.',
  }),
  maxSpanDepth: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_MAX_SPAN_DEPTH',
    type: integerType(1, 'spans'),
    default: 100,
    description: 'Depth in the process below which spans keep their timing and lose their content.',
  }),
  maxAttributes: variable({
    name: 'OTEL_GENSPAN_ENRICHMENT_MAX_ATTRIBUTES',
    type: integerType(16, 'attributes'),
    default: 128,
    description: 'Attributes of a span beyond which the least important ones are left out.',
  }),
};
