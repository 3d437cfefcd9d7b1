import { asJsonObject, asJsonObjects, type JsonObject } from '../../json.js';
import { answerTo, responsesFunctions, responsesSchema, type Answer } from '../answer.js';
import type { RouteRequest } from '../reply.js';

/** One item of a response's `output`, in the state it has when it is done. */
export type OutputItem = JsonObject & { readonly type: string; readonly id: string };

const IMAGE_BASE64 = Buffer.from('PNG-like image bytes').toString('base64');

/** The items the built-in tools leave behind, by the type of the tool that asks for them. */
const BUILT_IN_ITEMS: Readonly<Record<string, readonly OutputItem[]>> = {
  mcp: [
    {
      type: 'mcp_list_tools',
      id: 'mcpl_1',
      server_label: 'deepwiki',
      tools: [
        {
          name: 'ask',
          description: 'Asks a question.',
          input_schema: { type: 'object' },
          annotations: { read_only: true },
        },
      ],
    },
    {
      type: 'mcp_call',
      id: 'mcp_1',
      approval_request_id: null,
      arguments: '{"question":"what?"}',
      error: null,
      name: 'ask',
      output: 'An answer from the server.',
      server_label: 'deepwiki',
      status: 'completed',
    },
  ],
  web_search: [
    {
      type: 'web_search_call',
      id: 'ws_1',
      status: 'completed',
      action: { type: 'search', query: 'capital of France', sources: [{ type: 'url', url: 'https://example.com/' }] },
    },
  ],
  file_search: [
    {
      type: 'file_search_call',
      id: 'fs_1',
      status: 'completed',
      queries: ['capital'],
      results: [
        { file_id: 'file-1', filename: 'facts.txt', score: 0.91, text: 'Paris is the capital.', attributes: {} },
      ],
    },
  ],
  code_interpreter: [
    {
      type: 'code_interpreter_call',
      id: 'ci_1',
      status: 'completed',
      code: 'print(6 * 7)',
      container_id: 'cntr_1',
      outputs: [{ type: 'logs', logs: '42\n' }],
    },
  ],
  image_generation: [
    {
      type: 'image_generation_call',
      id: 'ig_1',
      status: 'completed',
      result: IMAGE_BASE64,
      background: 'opaque',
      output_format: 'png',
      quality: 'low',
      size: '1024x1024',
      revised_prompt: 'A small cat.',
    },
  ],
  computer_use_preview: [
    {
      type: 'computer_call',
      id: 'cu_1',
      call_id: 'call_computer_1',
      status: 'completed',
      action: { type: 'click', button: 'left', x: 10, y: 20 },
      pending_safety_checks: [],
    },
  ],
};

/** The finished output items a request gets: tools first, then the reasoning, then the calls or the message. */
export function outputItems(request: RouteRequest): OutputItem[] {
  const { params } = request;
  const answer = answerTo(request, responsesFunctions(params), responsesSchema(params));
  return [...builtInItems(request), ...reasoningItems(answer), ...callItems(answer), ...messageItems(request, answer)];
}

function builtInItems({ scenario, params }: RouteRequest): OutputItem[] {
  const types = scenario.has('builtin-tools')
    ? Object.keys(BUILT_IN_ITEMS)
    : asJsonObjects(params['tools']).map((tool) => String(tool['type']).replace(/_preview$|_preview_.*$/, ''));
  return types.flatMap((type) => BUILT_IN_ITEMS[type] ?? BUILT_IN_ITEMS[`${type}_preview`] ?? []);
}

function reasoningItems({ reasoning }: Answer): OutputItem[] {
  if (reasoning === undefined) return [];
  return [{ type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: reasoning }] }];
}

function callItems({ calls }: Answer): OutputItem[] {
  return calls.map((call, index) => ({
    type: 'function_call',
    id: `fc_${index + 1}`,
    call_id: call.id,
    name: call.name,
    arguments: call.arguments,
    status: 'completed',
  }));
}

function messageItems({ scenario }: RouteRequest, answer: Answer): OutputItem[] {
  if (answer.calls.length > 0) return [];
  const content =
    answer.refusal === undefined
      ? { type: 'output_text', annotations: [], logprobs: [], text: answer.text ?? '' }
      : { type: 'refusal', refusal: answer.refusal };
  const status = scenario.has('incomplete') ? 'incomplete' : 'completed';
  return [{ type: 'message', id: 'msg_1', role: 'assistant', status, content: [content] }];
}

/** What an item looks like when it is added to a stream, before anything was generated. */
export function startedItem(item: OutputItem): OutputItem {
  const status = 'status' in item ? { status: 'in_progress' } : {};
  switch (item.type) {
    case 'message':
      return { ...item, ...status, content: [] };
    case 'reasoning':
      return { ...item, summary: [] };
    case 'function_call':
    case 'mcp_call':
      return { ...item, ...status, arguments: '', ...('output' in item ? { output: null } : {}) };
    case 'mcp_list_tools':
      return { ...item, tools: [] };
    case 'code_interpreter_call':
      return { ...item, ...status, code: '', outputs: null };
    case 'image_generation_call':
      return { ...item, ...status, result: null };
    case 'file_search_call':
      return { ...item, ...status, results: null };
    default:
      return { ...item, ...status };
  }
}

/** The only content part of a message item. */
export function contentPart(item: OutputItem): JsonObject {
  return asJsonObject(asJsonObjects(item['content'])[0]);
}
