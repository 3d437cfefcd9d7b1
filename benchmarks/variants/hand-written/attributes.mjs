// The attributes of a chat span, as the OpenTelemetry GenAI conventions name them.

import { finishReason, inputMessages, outputMessages, toolDefinitions } from './messages.mjs';

/** Known when the call starts. */
export function requestAttributes(params, server) {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': params.model,
    'server.address': server.address,
    'server.port': server.port,
    'openai.api.type': 'chat_completions',
    'gen_ai.request.temperature': params.temperature,
    'gen_ai.request.top_p': params.top_p,
    'gen_ai.request.max_tokens': params.max_tokens,
    'gen_ai.input.messages': inputMessages(params.messages),
  };
  if (params.stream) attributes['gen_ai.request.stream'] = true;
  if (params.tools) attributes['gen_ai.tool.definitions'] = toolDefinitions(params.tools);
  return attributes;
}

/** Known when the answer is there. `completion` is a chat completion, or what the chunks of a stream add up to. */
export function responseAttributes(completion) {
  const attributes = {
    'gen_ai.response.id': completion.id,
    'gen_ai.response.model': completion.model,
    'gen_ai.response.finish_reasons': completion.choices.map((choice) => finishReason(choice.finish_reason)),
    'openai.response.service_tier': completion.service_tier,
    'openai.response.system_fingerprint': completion.system_fingerprint,
    'gen_ai.output.messages': outputMessages(completion.choices),
  };
  const { usage } = completion;
  if (usage) {
    attributes['gen_ai.usage.input_tokens'] = usage.prompt_tokens;
    attributes['gen_ai.usage.output_tokens'] = usage.completion_tokens;
    attributes['gen_ai.usage.cache_read.input_tokens'] = usage.prompt_tokens_details.cached_tokens;
    attributes['gen_ai.usage.reasoning.output_tokens'] = usage.completion_tokens_details.reasoning_tokens;
  }
  return attributes;
}
