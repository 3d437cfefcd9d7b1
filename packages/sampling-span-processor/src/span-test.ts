import type { SpanKind } from '@opentelemetry/api';
import { GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL } from '@genspan/semconv';
import type { CompiledAttributeTest } from './attribute-test.js';
import { known } from './known-attributes.js';
import type { KnownAttributes } from './known-attributes.js';
import type { NamePattern } from './name-pattern.js';
import type { SpanFacts } from './span-facts.js';
import { hasAnyOf } from './string-values.js';

/** Imports are looked up anew at each use; see {@link KnownAttributes}. */
const EXECUTE_TOOL = GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL;

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

/** Whether a span satisfies a test. */
export type SpanPredicate = (span: SpanFacts, isLocalRoot: boolean, failed: boolean) => boolean;

const COMPILE: { readonly [T in SpanTest['type']]: (test: Extract<SpanTest, { type: T }>) => SpanPredicate } = {
  name: ({ pattern, localRootOnly }) =>
    localRootOnly
      ? (span, isLocalRoot) => isLocalRoot && pattern.matches(span.name)
      : (span) => pattern.matches(span.name),
  tags:
    ({ anyOf }) =>
    (span) =>
      hasTag(known(span.attributes), anyOf),
  kind:
    ({ anyOf }) =>
    (span) =>
      anyOf.has(span.kind),
  model:
    ({ pattern }) =>
    (span) => {
      const attributes = known(span.attributes);
      return (
        isMatch(attributes['gen_ai.request.model'], pattern) || isMatch(attributes['gen_ai.response.model'], pattern)
      );
    },
  provider:
    ({ anyOf }) =>
    (span) => {
      const attributes = known(span.attributes);
      return isIn(attributes['gen_ai.provider.name'] ?? attributes['gen_ai.system'], anyOf);
    },
  operation:
    ({ anyOf }) =>
    (span) =>
      isIn(known(span.attributes)['gen_ai.operation.name'], anyOf),
  finishReasons:
    ({ anyOf }) =>
    (span) =>
      hasAnyOf(known(span.attributes)['gen_ai.response.finish_reasons'], anyOf),
  toolError: () => (span, _isLocalRoot, failed) =>
    failed && known(span.attributes)['gen_ai.operation.name'] === EXECUTE_TOOL,
  timeToFirstChunk:
    ({ minSeconds }) =>
    (span) => {
      const seconds = known(span.attributes)['gen_ai.response.time_to_first_chunk'];
      return typeof seconds === 'number' && seconds >= minSeconds;
    },
  attributes:
    ({ tests }) =>
    (span) => {
      for (const test of tests) if (!test.holds(span.attributes)) return false;
      return true;
    },
};

/** Compiles a test into a function: calling that saves looking up at each span what kind of test it is. */
export function compileSpanTest<T extends SpanTest['type']>(test: Extract<SpanTest, { type: T }>): SpanPredicate {
  return COMPILE[test.type](test);
}

function hasTag(attributes: KnownAttributes, anyOf: ReadonlySet<string>): boolean {
  return (
    hasAnyOf(attributes['genspan.tags'], anyOf) ||
    hasAnyOf(attributes['tag.tags'], anyOf) ||
    hasAnyOf(attributes['langfuse.trace.tags'], anyOf) ||
    hasAnyOf(attributes['braintrust.tags'], anyOf)
  );
}

function isIn(value: unknown, anyOf: ReadonlySet<unknown>): boolean {
  return value !== undefined && anyOf.has(value);
}

function isMatch(value: unknown, pattern: NamePattern): boolean {
  return typeof value === 'string' && pattern.matches(value);
}
