/**
 * The words of request fields that the API defines as enumerations, those of other servers of the same API included.
 * Nothing else is recorded of these fields: what an application puts there by mistake may be a secret, and looks do not
 * tell. A word that the API adds is not recorded until it is listed here.
 */
type Enumeration = (value: unknown) => string | undefined;

/** `service_tier`. OpenAI, Groq (`on_demand`, `performance`), Anthropic (`standard_only`). */
export const serviceTier = oneOf(
  'auto',
  'default',
  'flex',
  'scale',
  'priority',
  'fast',
  'batch',
  'standard',
  'standard_only',
  'on_demand',
  'performance',
);

/** `reasoning_effort`, or `reasoning.effort`. */
export const reasoningEffort = oneOf('none', 'default', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max');

/** `encoding_format` of embeddings. OpenAI, and the types that Cohere, Mistral, Jina and Voyage return. */
export const encodingFormat = oneOf(
  'float',
  'base64',
  'bytes',
  'bytes_only',
  'float16',
  'int8',
  'uint8',
  'binary',
  'ubinary',
);

function oneOf(...words: readonly string[]): Enumeration {
  const known: ReadonlySet<unknown> = new Set(words);
  return (value) => (known.has(value) ? (value as string) : undefined);
}
