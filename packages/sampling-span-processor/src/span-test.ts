import type { Attributes, SpanKind } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_SYSTEM,
  ATTR_GENSPAN_TAGS,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
} from '@genspan/semconv';
import type { CompiledAttributeTest } from './attribute-test.js';
import type { NamePattern } from './name-pattern.js';
import type { SpanFacts } from './span-facts.js';
import { hasAnyOf } from './string-values.js';

/** Attributes in which other systems write tags. */
const ATTR_TAG_TAGS = 'tag.tags';
const ATTR_LANGFUSE_TRACE_TAGS = 'langfuse.trace.tags';
const ATTR_BRAINTRUST_TAGS = 'braintrust.tags';

/** What one span of a trace must be like. */
export type SpanTest =
  | { readonly type: 'name'; readonly pattern: NamePattern; readonly localRootOnly: boolean }
  | { readonly type: 'tags'; readonly anyOf: ReadonlySet<string> }
  | { readonly type: 'kind'; readonly anyOf: ReadonlySet<SpanKind> }
  | { readonly type: 'model'; readonly pattern: NamePattern }
  | { readonly type: 'provider'; readonly anyOf: ReadonlySet<unknown> }
  | { readonly type: 'operation'; readonly anyOf: ReadonlySet<unknown> }
  | { readonly type: 'finishReasons'; readonly anyOf: ReadonlySet<string> }
  | { readonly type: 'toolError' }
  | { readonly type: 'timeToFirstChunk'; readonly minSeconds: number }
  | { readonly type: 'attributes'; readonly tests: readonly CompiledAttributeTest[] };

type Holds<T> = (test: T, span: SpanFacts, isLocalRoot: boolean, failed: boolean) => boolean;

const HOLDS: { [T in SpanTest['type']]: Holds<Extract<SpanTest, { type: T }>> } = {
  name: (test, span, isLocalRoot) => (isLocalRoot || !test.localRootOnly) && test.pattern.matches(span.name),
  tags: (test, { attributes }) => hasTag(attributes, test.anyOf),
  kind: (test, span) => test.anyOf.has(span.kind),
  model: (test, { attributes }) =>
    isMatch(attributes[ATTR_GEN_AI_REQUEST_MODEL], test.pattern) ||
    isMatch(attributes[ATTR_GEN_AI_RESPONSE_MODEL], test.pattern),
  provider: (test, { attributes }) =>
    test.anyOf.has(attributes[ATTR_GEN_AI_PROVIDER_NAME] ?? attributes[ATTR_GEN_AI_SYSTEM]),
  operation: (test, { attributes }) => test.anyOf.has(attributes[ATTR_GEN_AI_OPERATION_NAME]),
  finishReasons: (test, { attributes }) => hasAnyOf(attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS], test.anyOf),
  toolError: (_test, { attributes }, _isLocalRoot, failed) =>
    failed && attributes[ATTR_GEN_AI_OPERATION_NAME] === GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  timeToFirstChunk: (test, { attributes }) => {
    const seconds = attributes[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK];
    return typeof seconds === 'number' && seconds >= test.minSeconds;
  },
  attributes: (test, { attributes }) => {
    for (const attributeTest of test.tests) if (!attributeTest.holds(attributes)) return false;
    return true;
  },
};

/** Whether a span satisfies a test. */
export function satisfies<T extends SpanTest['type']>(
  test: Extract<SpanTest, { type: T }>,
  span: SpanFacts,
  isLocalRoot: boolean,
  failed: boolean,
): boolean {
  return HOLDS[test.type](test, span, isLocalRoot, failed);
}

function hasTag(attributes: Attributes, anyOf: ReadonlySet<string>): boolean {
  return (
    hasAnyOf(attributes[ATTR_GENSPAN_TAGS], anyOf) ||
    hasAnyOf(attributes[ATTR_TAG_TAGS], anyOf) ||
    hasAnyOf(attributes[ATTR_LANGFUSE_TRACE_TAGS], anyOf) ||
    hasAnyOf(attributes[ATTR_BRAINTRUST_TAGS], anyOf)
  );
}

function isMatch(value: unknown, pattern: NamePattern): boolean {
  return typeof value === 'string' && pattern.matches(value);
}
