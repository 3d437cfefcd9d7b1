export { OpenAIInstrumentation } from './instrumentation.js';
export type { ObservationOptions, OpenAIInstrumentationConfig } from './config.js';
export { wrapOpenAI } from './wrap-openai.js';
export type { LoggerProviderLike, WrapOpenAIOptions } from './wrap-openai.js';
