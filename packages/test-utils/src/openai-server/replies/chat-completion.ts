import { asNumber, isTrue, type JsonObject } from '../../json.js';
import { answerTo, chatFunctions, chatSchema, type Answer } from '../answer.js';
import { CREATED_AT, dataEvents, json, words, type Reply, type RouteRequest } from '../reply.js';
import { chatUsage } from '../usage.js';
import { chatChunks } from './chat-chunks.js';

/** What `/chat/completions` answers; the chunks of a stream are made from it. */
export interface ChatCompletion {
  readonly id: string;
  readonly object: 'chat.completion';
  readonly created: number;
  readonly model: string;
  readonly choices: readonly ChatChoice[];
  readonly usage?: ReturnType<typeof chatUsage>;
  readonly service_tier: string;
  readonly system_fingerprint: string;
  readonly prompt_filter_results?: unknown;
}

/** One choice of a chat completion. */
export interface ChatChoice {
  readonly index: number;
  readonly message: ChatMessage;
  readonly logprobs: { readonly content: readonly JsonObject[]; readonly refusal: null } | null;
  readonly finish_reason: string;
  readonly content_filter_results?: unknown;
}

/** The message of a choice. */
export interface ChatMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly refusal: string | null;
  readonly annotations: readonly unknown[];
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly ChatToolCall[];
  readonly audio?: ChatAudio;
}

/** A function call of a message. */
export interface ChatToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** The spoken answer. */
export interface ChatAudio {
  readonly id: string;
  /** base64 */
  readonly data: string;
  readonly expires_at: number;
  readonly transcript: string;
}

const SAFE = { hate: { filtered: false, severity: 'safe' }, violence: { filtered: false, severity: 'safe' } };

/** Answers `POST /chat/completions`. */
export function chatCompletion(request: RouteRequest): Reply {
  const completion = completionFor(request);
  return isTrue(request.params['stream']) ? dataEvents(chatChunks(completion, request)) : json(completion);
}

function completionFor(request: RouteRequest): ChatCompletion {
  const { params, scenario, model, azure } = request;
  const answer = answerTo(request, chatFunctions(params), chatSchema(params));
  const count = asNumber(params['n'], 1);
  const audio = Array.isArray(params['modalities']) && params['modalities'].includes('audio');
  const usage = chatUsage({ choices: count, reasoning: answer.reasoning !== undefined, audio });
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: CREATED_AT,
    model: `${model}-2024-07-18`,
    choices: Array.from({ length: count }, (_, index) => choice(request, answer, index, audio)),
    ...(scenario.has('no-usage') ? {} : { usage }),
    service_tier: 'default',
    system_fingerprint: 'fp_44709d6fcb',
    ...(azure ? { prompt_filter_results: [{ prompt_index: 0, content_filter_results: SAFE }] } : {}),
  };
}

function choice(request: RouteRequest, answer: Answer, index: number, audio: boolean): ChatChoice {
  const text = answer.text === undefined || index === 0 ? answer.text : `${answer.text} (${index + 1})`;
  const spoken = audio && text !== undefined;
  return {
    index,
    message: {
      role: 'assistant',
      content: spoken ? null : (text ?? null),
      refusal: answer.refusal ?? null,
      annotations: [],
      ...(answer.reasoning === undefined ? {} : { reasoning_content: answer.reasoning }),
      ...(answer.calls.length === 0 ? {} : { tool_calls: answer.calls.map(toolCall) }),
      ...(spoken ? { audio: spokenAnswer(text) } : {}),
    },
    logprobs: isTrue(request.params['logprobs']) && text !== undefined ? logprobs(text) : null,
    finish_reason: finishReason(request, answer),
    ...(request.azure ? { content_filter_results: SAFE } : {}),
  };
}

function toolCall(call: Answer['calls'][number]): ChatToolCall {
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } };
}

function spokenAnswer(transcript: string): ChatAudio {
  return {
    id: 'audio_1',
    data: Buffer.from('RIFF-like audio bytes').toString('base64'),
    expires_at: CREATED_AT + 3600,
    transcript,
  };
}

function logprobs(text: string): ChatChoice['logprobs'] {
  const content = words(text).map((token) => ({
    token,
    logprob: -0.25,
    bytes: [...Buffer.from(token)],
    top_logprobs: [],
  }));
  return { content, refusal: null };
}

function finishReason({ scenario }: RouteRequest, answer: Answer): string {
  if (scenario.has('content-filter')) return 'content_filter';
  if (scenario.has('incomplete')) return 'length';
  return answer.calls.length > 0 ? 'tool_calls' : 'stop';
}
