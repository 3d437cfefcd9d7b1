export { CONTEXT_ATTRIBUTES, genAIContextAttributes } from './context-attributes.js';
export type { GenAIContextKey } from './context-attributes.js';
export { genAIBaggageAttributes } from './context-baggage.js';
export { getGenAIContext, setGenAIContext, withGenAIContext } from './genai-context.js';
export type { GenAIContextOptions } from './genai-context.js';
export type { GenAIContextValues } from './genai-context-values.js';
