import { asJsonObject, asNumber, isTrue, type JsonObject } from '../../json.js';
import { CREATED_AT, dataEvents, json, words, type Reply, type RouteRequest } from '../reply.js';
import { chatUsage } from '../usage.js';

/** Answers `POST /completions`. */
export function textCompletion(request: RouteRequest): Reply {
  const { params, scenario, model, text } = request;
  const head = {
    id: 'cmpl-1',
    object: 'text_completion',
    created: CREATED_AT,
    model,
    system_fingerprint: 'fp_44709d6fcb',
  };
  const count = asNumber(params['n'], 1);
  const { prompt_tokens, completion_tokens, total_tokens } = chatUsage({ choices: count });
  const usage = scenario.has('no-usage') ? undefined : { prompt_tokens, completion_tokens, total_tokens };
  if (isTrue(params['stream'])) return dataEvents(chunks(head, request, usage));
  const finish_reason = scenario.has('incomplete') ? 'length' : 'stop';
  const choices = Array.from({ length: count }, (_, index) => ({ index, text, logprobs: null, finish_reason }));
  return json({ ...head, choices, ...(usage === undefined ? {} : { usage }) });
}

function* chunks(head: JsonObject, { params, scenario, text }: RouteRequest, usage: unknown): Generator<JsonObject> {
  for (const word of words(text)) {
    yield { ...head, choices: [{ index: 0, text: word, logprobs: null, finish_reason: null }] };
  }
  const finish_reason = scenario.has('incomplete') ? 'length' : 'stop';
  yield { ...head, choices: [{ index: 0, text: '', logprobs: null, finish_reason }] };
  if (usage !== undefined && isTrue(asJsonObject(params['stream_options'])['include_usage'])) {
    yield { ...head, choices: [], usage };
  }
}
