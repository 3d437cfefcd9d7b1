export { getGenAIContext, setGenAIContext, withGenAIContext } from './genai-context.js';
export type { GenAIContextValues } from './genai-context-values.js';
