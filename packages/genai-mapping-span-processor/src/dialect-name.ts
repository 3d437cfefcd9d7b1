/**
 * The dialects that are read and written.
 *
 * - `genai`: the current GenAI conventions
 * - `genai-1.41`, `genai-1.36`, `genai-1.30`, `genai-1.27`: their older forms, each as its last release before the next break:
 *   1.37–1.41, 1.31–1.36 and 1.28–1.30 (messages as log events), up to 1.27 (messages as span events)
 * - `openinference`: Arize Phoenix and its instrumentations
 * - `openllmetry`: Traceloop's, flattened (`gen_ai.prompt.0.content`) as well as its later form
 * - `vercel`: `ai.*` of the Vercel AI SDK 4 to 7, and what its GenAI form leaves to repair
 * - `langfuse`, `braintrust`: what these backends read and their SDKs write
 */
export const DIALECT_NAMES = [
  'genai',
  'genai-1.41',
  'genai-1.36',
  'genai-1.30',
  'genai-1.27',
  'openinference',
  'openllmetry',
  'vercel',
  'langfuse',
  'braintrust',
] as const;

/** One of {@link DIALECT_NAMES}. */
export type DialectName = (typeof DIALECT_NAMES)[number];
