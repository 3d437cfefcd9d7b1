import { asJsonObjects, asString, type JsonObject } from '../../json.js';
import { words, type TypedEvent } from '../reply.js';
import { contentPart, startedItem, type OutputItem } from './response-items.js';

/** The whole event sequence of a response: opening, every output item, and the event that closes it. */
export function* responseEvents(response: JsonObject, items: readonly OutputItem[]): Generator<TypedEvent, void, void> {
  let sequence_number = 0;
  const { usage: _usage, ...rest } = response;
  const open = { ...rest, status: 'in_progress', output: [], error: null, incomplete_details: null, usage: null };
  for (const event of [
    { type: 'response.created', response: open },
    { type: 'response.in_progress', response: open },
  ]) {
    yield { ...event, sequence_number: sequence_number++ };
  }
  for (const [output_index, item] of items.entries()) {
    yield {
      type: 'response.output_item.added',
      sequence_number: sequence_number++,
      output_index,
      item: startedItem(item),
    };
    for (const event of itemEvents(item)) {
      yield { ...event, sequence_number: sequence_number++, item_id: item.id, output_index };
    }
    yield { type: 'response.output_item.done', sequence_number: sequence_number++, output_index, item };
  }
  yield { type: `response.${asString(response['status'], 'completed')}`, sequence_number, response };
}

function* itemEvents(item: OutputItem): Generator<TypedEvent, void, void> {
  switch (item.type) {
    case 'message':
      return yield* messageEvents(item);
    case 'reasoning':
      return yield* reasoningEvents(item);
    case 'function_call':
      return yield* deltas('response.function_call_arguments', 'arguments', asString(item['arguments']));
    case 'mcp_call':
      yield { type: 'response.mcp_call.in_progress' };
      yield* deltas('response.mcp_call_arguments', 'arguments', asString(item['arguments']));
      return yield { type: 'response.mcp_call.completed' };
    case 'code_interpreter_call':
      yield { type: 'response.code_interpreter_call.in_progress' };
      yield* deltas('response.code_interpreter_call_code', 'code', asString(item['code']));
      yield { type: 'response.code_interpreter_call.interpreting' };
      return yield { type: 'response.code_interpreter_call.completed' };
    case 'image_generation_call':
      yield { type: 'response.image_generation_call.in_progress' };
      yield { type: 'response.image_generation_call.generating' };
      yield {
        type: 'response.image_generation_call.partial_image',
        partial_image_index: 0,
        partial_image_b64: item['result'],
      };
      return yield { type: 'response.image_generation_call.completed' };
    case 'web_search_call':
    case 'file_search_call':
      yield { type: `response.${item.type}.in_progress` };
      yield { type: `response.${item.type}.searching` };
      return yield { type: `response.${item.type}.completed` };
    case 'mcp_list_tools':
      yield { type: 'response.mcp_list_tools.in_progress' };
      return yield { type: 'response.mcp_list_tools.completed' };
    default: // A computer call is added and done, with nothing between.
      return;
  }
}

function* messageEvents(item: OutputItem): Generator<TypedEvent, void, void> {
  const part = contentPart(item);
  const refusal = part['type'] === 'refusal';
  const text = asString(refusal ? part['refusal'] : part['text']);
  const emptyPart = refusal ? { ...part, refusal: '' } : { ...part, text: '' };
  yield { type: 'response.content_part.added', content_index: 0, part: emptyPart };
  const prefix = refusal ? 'response.refusal' : 'response.output_text';
  const logprobs = refusal ? {} : { logprobs: [] };
  for (const delta of words(text)) yield { type: `${prefix}.delta`, content_index: 0, delta, ...logprobs };
  yield { type: `${prefix}.done`, content_index: 0, [refusal ? 'refusal' : 'text']: text, ...logprobs };
  yield { type: 'response.content_part.done', content_index: 0, part };
}

function* reasoningEvents(item: OutputItem): Generator<TypedEvent, void, void> {
  for (const [summary_index, part] of asJsonObjects(item['summary']).entries()) {
    const text = asString(part['text']);
    yield { type: 'response.reasoning_summary_part.added', summary_index, part: { ...part, text: '' } };
    for (const delta of words(text)) yield { type: 'response.reasoning_summary_text.delta', summary_index, delta };
    yield { type: 'response.reasoning_summary_text.done', summary_index, text };
    yield { type: 'response.reasoning_summary_part.done', summary_index, part };
  }
}

function* deltas(prefix: string, field: string, text: string): Generator<TypedEvent, void, void> {
  for (const delta of text.match(/.{1,5}/gs) ?? []) yield { type: `${prefix}.delta`, delta };
  yield { type: `${prefix}.done`, [field]: text };
}
