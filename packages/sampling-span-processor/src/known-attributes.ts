import type { Attributes } from '@opentelemetry/api';
import type {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_SYSTEM,
  ATTR_GENSPAN_TAGS,
} from '@genspan/semconv';

/**
 * The attributes that every span is asked for, whatever their values.
 *
 * Read them by a literal key, `attributes['gen_ai.system']`: a key in a variable takes the engine twice as long, an
 * imported one three times (Node 20, objects of a dozen shapes). This type sees to it that the literals are those of the
 * conventions.
 */
export interface KnownAttributes {
  readonly [ATTR_GEN_AI_OPERATION_NAME]?: unknown;
  readonly [ATTR_GEN_AI_PROVIDER_NAME]?: unknown;
  readonly [ATTR_GEN_AI_SYSTEM]?: unknown;
  readonly [ATTR_GEN_AI_REQUEST_MODEL]?: unknown;
  readonly [ATTR_GEN_AI_RESPONSE_MODEL]?: unknown;
  readonly [ATTR_GEN_AI_RESPONSE_FINISH_REASONS]?: unknown;
  readonly [ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]?: unknown;
  readonly [ATTR_GENSPAN_TAGS]?: unknown;
  /** Tags of OpenInference, Langfuse and Braintrust. */
  readonly 'tag.tags'?: unknown;
  readonly 'langfuse.trace.tags'?: unknown;
  readonly 'braintrust.tags'?: unknown;
}

/** The attributes of a span, to be read by known keys only. */
export function known(attributes: Attributes): KnownAttributes {
  return attributes;
}
