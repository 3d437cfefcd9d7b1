// OpenAI's messages as the message JSON of the OpenTelemetry GenAI conventions, for what the benchmark sends.

const FINISH_REASONS = { tool_calls: 'tool_call' };

export const inputMessages = (messages) => JSON.stringify(messages.map(inputMessage));

function inputMessage(message) {
  if (message.role === 'tool') {
    const part = { type: 'tool_call_response', id: message.tool_call_id, response: message.content };
    return { role: 'tool', parts: [part] };
  }
  return { role: message.role, parts: parts(message) };
}

/** One message for each of `choices`, which are `{ message, finish_reason }` as in a completion. */
export const outputMessages = (choices) =>
  JSON.stringify(
    choices.map(({ message, finish_reason }) => ({
      role: message.role,
      parts: parts(message),
      finish_reason: finishReason(finish_reason),
    })),
  );

export const finishReason = (reason) => FINISH_REASONS[reason] ?? reason;

export const toolDefinitions = (tools) =>
  JSON.stringify(tools.map(({ type, function: definition }) => ({ type, ...definition })));

function parts({ content, tool_calls }) {
  const result = [];
  if (content) result.push({ type: 'text', content });
  for (const { id, function: call } of tool_calls ?? []) {
    result.push({ type: 'tool_call', id, name: call.name, arguments: parseArguments(call.arguments) });
  }
  return result;
}

function parseArguments(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
