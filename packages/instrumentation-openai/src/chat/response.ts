import type { Attributes } from '@opentelemetry/api';
import type { OperationEnd } from '@genspan/genai-operation';
import { ATTR_OPENAI_RESPONSE_SERVICE_TIER, ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT } from '@genspan/semconv';
import type { MessagePart, OutputMessage } from '@genspan/semconv';
import { contentParts } from '../content-parts.js';
import { messageFinishReason } from '../finish-reason.js';
import { blobPart } from '../media-parts.js';
import { serviceTier } from '../enumerations.js';
import { fields, filled, list, text, type Fields } from '../untyped.js';
import { toolCallParts } from './tool-calls.js';
import { chatUsage } from './usage.js';

/** Translates a chat completion. */
export function chatResponse(value: unknown): OperationEnd {
  const completion = fields(value);
  const choices = list(completion['choices']);
  return {
    result: {
      responseId: text(completion['id']),
      responseModel: text(completion['model']),
      finishReasons: choices.map((choice) => text(fields(choice)['finish_reason']) ?? 'error'),
      usage: chatUsage(completion['usage']),
      metricAttributes: serviceAttributes(completion),
      content: () => ({ outputMessages: choices.map(outputMessage) }),
    },
  };
}

/** What the API says about how it served a request. The same object as long as it says the same. */
export function serviceAttributes(response: Fields): Attributes | undefined {
  const { service_tier: tier, system_fingerprint: fingerprint } = response;
  if (latest.tier !== tier || latest.fingerprint !== fingerprint) {
    latest = { tier, fingerprint, attributes: toServiceAttributes(serviceTier(tier), text(fingerprint)) };
  }
  return latest.attributes;
}

/** Of the last response: most responses in a row were served alike. */
let latest: { tier?: unknown; fingerprint?: unknown; attributes?: Attributes | undefined } = {};

function toServiceAttributes(tier: string | undefined, fingerprint: string | undefined): Attributes | undefined {
  if (tier === undefined && fingerprint === undefined) return undefined;
  return Object.freeze({
    ...(tier === undefined ? undefined : { [ATTR_OPENAI_RESPONSE_SERVICE_TIER]: tier }),
    ...(fingerprint === undefined ? undefined : { [ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT]: fingerprint }),
  });
}

function outputMessage(value: unknown): OutputMessage {
  const choice = fields(value);
  const message = fields(choice['message']);
  const reason = text(choice['finish_reason']);
  return {
    role: filled(message['role']) ?? 'assistant',
    parts: assistantParts(message),
    finish_reason: reason === undefined ? 'error' : messageFinishReason(reason),
  };
}

/** The parts of what the model answered, in the order it made them: reasoning, text, refusal, audio, tool calls. */
export function assistantParts(message: Fields): MessagePart[] {
  const parts: MessagePart[] = [];
  // DeepSeek, vLLM and others of the same API show the model's reasoning; two names are in use.
  const reasoning = text(message['reasoning_content']) ?? text(message['reasoning']);
  if (reasoning) parts.push({ type: 'reasoning', content: reasoning });
  const { content } = message;
  if (content !== '') parts.push(...contentParts(content));
  const refusal = text(message['refusal']);
  if (refusal) parts.push({ type: 'refusal', content: refusal });
  parts.push(...audioParts(fields(message['audio'])));
  parts.push(...toolCallParts(message));
  return parts;
}

function audioParts(audio: Fields): MessagePart[] {
  const transcript = filled(audio['transcript']);
  const data = blobPart('audio', filled(audio['data']));
  const parts: MessagePart[] = [];
  if (data !== undefined) parts.push(data);
  if (transcript !== undefined) parts.push({ type: 'text', content: transcript });
  return parts;
}
