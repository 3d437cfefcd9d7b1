export { OpenAIInstrumentation } from './instrumentation.js';
export type { ObservationOptions, OpenAIInstrumentationConfig } from './config.js';
