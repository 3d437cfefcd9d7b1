// Adds the chunks of a stream up to the completion that would have come in one piece.

export class StreamedCompletion {
  id;
  model;
  service_tier;
  system_fingerprint;
  usage;
  choices = [];

  add(chunk) {
    if (this.id === undefined) {
      this.id = chunk.id;
      this.model = chunk.model;
      this.service_tier = chunk.service_tier;
      this.system_fingerprint = chunk.system_fingerprint;
    }
    if (chunk.usage) this.usage = chunk.usage;
    for (const { index, delta, finish_reason } of chunk.choices) {
      const choice = (this.choices[index] ??= { message: { role: 'assistant', content: '' }, finish_reason: 'error' });
      if (delta.content) choice.message.content += delta.content;
      if (delta.tool_calls) addToolCalls((choice.message.tool_calls ??= []), delta.tool_calls);
      if (finish_reason) choice.finish_reason = finish_reason;
    }
  }
}

function addToolCalls(calls, deltas) {
  for (const { index, id, function: part } of deltas) {
    const call = (calls[index] ??= { id, function: { name: '', arguments: '' } });
    if (part?.name) call.function.name += part.name;
    if (part?.arguments) call.function.arguments += part.arguments;
  }
}
