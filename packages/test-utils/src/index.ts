export {
  finishedMessages,
  inputMessages,
  knownPart,
  outputMessages,
  part,
  systemInstructions,
  toolDefinitions,
} from './arbitrary-messages.js';
export { startOpenAIServer, type OpenAIServer, type OpenAIServerOptions } from './openai-server/openai-server.js';
export type { ExchangeOutcome, RecordedRequest } from './openai-server/recorded-request.js';
export type { MultipartBody, MultipartFile } from './openai-server/multipart.js';
export { SCENARIOS, type ScenarioName } from './openai-server/scenario.js';
export { DEFAULT_TEXT, REASONING_TEXT, REFUSAL_TEXT } from './openai-server/answer.js';
export {
  CACHED_TOKENS,
  INPUT_AUDIO_TOKENS,
  INPUT_TOKENS,
  OUTPUT_AUDIO_TOKENS,
  OUTPUT_TOKENS,
  REASONING_TOKENS,
} from './openai-server/usage.js';
export type { LoopbackServer } from './loopback-server.js';
export {
  startOtlpReceiver,
  type OtlpFault,
  type OtlpReceiver,
  type OtlpReceiverOptions,
  type OtlpRequest,
  type OtlpSignal,
} from './otlp-receiver/otlp-receiver.js';
export type {
  ReceivedLogRecord,
  ReceivedMetricPoint,
  ReceivedOrigin,
  ReceivedScope,
  ReceivedSpan,
} from './otlp-receiver/received.js';
export type { PlainAttributes } from './otlp-receiver/any-value.js';
export { OTLP_MESSAGES } from './otlp-receiver/otlp-messages.js';
export { readMessage } from './otlp-receiver/protobuf-reader.js';
export { logRecordsOf, metricPointsOf, spansOf } from './otlp-receiver/flatten.js';
export {
  buildResource,
  buildSpan,
  type BuildSpanOptions,
  type BuiltEvent,
  type BuiltResource,
  type BuiltSpan,
} from './build-span.js';
export {
  runNode,
  startNode,
  type NodeProcess,
  type NodeProcessOptions,
  type NodeProcessResult,
} from './node-process.js';
export { waitUntil } from './wait-until.js';
export { recordWarnings } from './record-warnings.js';
export { fuzz } from './fuzz.js';
export type { FuzzRuns } from './fuzz.js';
