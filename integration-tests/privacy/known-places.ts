/** The path of a field without the members of unions on the way. */
export function plainPath(place: string): string {
  return place.replace(/\[[^\]]*\]|\|[^.[]*/g, '');
}

/** Fields that everybody thinks of: a change that made them go unnoticed would be a mistake of the test. */
export const WELL_KNOWN = [
  'client.apiKey',
  'client.organization',
  'client.baseURL.password',
  'chat.completions.create.options.headers.authorization',
  ...[
    'messages.content',
    'messages.name',
    'messages.tool_calls.function.arguments',
    'tools.function.parameters.{value}.{any value}',
    'stop',
    'user',
    'safety_identifier',
    'prompt_cache_key',
    'metadata.{key}',
    'metadata.{value}',
    'logit_bias.{key}',
    'service_tier',
    'reasoning_effort',
  ].map((field) => `chat.completions.create.0.${field}`),
  ...[
    'instructions',
    'input',
    'input.output',
    'previous_response_id',
    'conversation',
    'conversation.id',
    'prompt.id',
    'prompt.version',
    'prompt.variables.{value}',
    'tools.authorization',
    'tools.headers.{value}',
    'tools.server_url',
  ].map((field) => `responses.create.0.${field}`),
  'responses.retrieve.0',
  'conversations.items.create.0',
  'conversations.items.retrieve.1.conversation_id',
  'files.create.0.file.{file name}',
  'audio.transcriptions.create.0.prompt',
  'embeddings.create.0.encoding_format',
];

/** Content that is recorded when it is asked for. */
export const CONTENT = [
  ...['messages.content', 'messages.content.text', 'messages.tool_calls.function.arguments', 'stop'].map(
    (field) => `chat.completions.create.0.${field}`,
  ),
  'chat.completions.create.0.tools.function.description',
  ...['instructions', 'input', 'input.output', 'input.content.text', 'input.arguments', 'prompt.variables.{value}'].map(
    (field) => `responses.create.0.${field}`,
  ),
  'completions.create.0.prompt',
  'images.generate.0.prompt',
  'audio.speech.create.0.input',
  'audio.transcriptions.create.0.prompt',
  'moderations.create.0.input',
];

/** What no setting makes genspan record. A server may name the path of a URL in its own words, as in `Unknown URL`. */
export const NEVER =
  /^client\.(?!baseURL\.path)|\.options\.|\.(?:authorization|domain_secrets|headers)\b|\.\d(?:\|[^.]*)?\.(?:user|safety_identifier|metadata|prompt_cache_key)\b|\{file( name)?\}/;
