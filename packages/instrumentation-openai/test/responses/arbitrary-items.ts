import fc from 'fast-check';

/** What must never be recorded, wherever it stands. */
export const ENCRYPTED = ['gAAAA', 'opaque'].join('-');

const id = fc.stringMatching(/^[a-z]{2,5}_[0-9a-f]{1,8}$/);
const anyText = fc.oneof(fc.string(), fc.constant(''), fc.constant('{"a":1}'));
const base64 = fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const encrypted = fc.constant(ENCRYPTED);
const junk = fc.jsonValue({ maxDepth: 2 });

const contentPart = fc.oneof(
  fc.record({ type: fc.constantFrom('input_text', 'output_text', 'reasoning_text', 'text'), text: anyText }),
  fc.record({ type: fc.constant('refusal'), refusal: anyText }),
  fc.record({
    type: fc.constant('input_image'),
    image_url: fc.oneof(
      fc.constant('https://example.com/a.png'),
      base64.map((data) => `data:image/png;base64,${data}`),
    ),
  }),
  fc.record({ type: fc.constant('input_file'), file_id: id }),
  fc.record({ type: fc.constant('encrypted_content'), encrypted_content: encrypted }),
  fc.record({ type: anyText, data: junk }),
);
const content = fc.oneof(anyText, fc.array(contentPart, { maxLength: 4 }));

const TYPES = [
  'message',
  'agent_message',
  'reasoning',
  'function_call',
  'custom_tool_call',
  'function_call_output',
  'custom_tool_call_output',
  'compaction',
  'additional_tools',
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'computer_call',
  'computer_call_output',
  'local_shell_call',
  'local_shell_call_output',
  'shell_call',
  'shell_call_output',
  'apply_patch_call',
  'apply_patch_call_output',
  'mcp_call',
  'mcp_list_tools',
  'mcp_approval_request',
  'mcp_approval_response',
  'tool_search_call',
  'tool_search_output',
  'program',
  'program_output',
  'multi_agent_call',
  'multi_agent_call_output',
  'item_reference',
  // Types that the conventions give another shape, and names of what every object has.
  'text',
  'blob',
  'file',
  'tool_call',
  'constructor',
  'toString',
];

const wellFormed = fc.record(
  {
    type: fc.oneof(fc.constantFrom(...TYPES), fc.string()),
    id,
    call_id: id,
    role: fc.constantFrom('user', 'assistant', 'system', 'developer'),
    status: fc.constantFrom('completed', 'in_progress', 'incomplete', 'failed'),
    name: fc.oneof(fc.constant('get_weather'), anyText),
    arguments: anyText,
    input: anyText,
    code: anyText,
    content,
    output: fc.oneof(content, fc.constant(null)),
    summary: fc.array(fc.record({ type: fc.constant('summary_text'), text: anyText }), { maxLength: 2 }),
    encrypted_content: encrypted,
    result: fc.oneof(base64, fc.constant(null)),
    results: fc.oneof(fc.array(junk), fc.constant(null)),
    action: fc.record({ type: fc.constant('search'), query: anyText, sources: fc.array(junk) }),
    tools: fc.array(fc.record({ type: fc.constantFrom('function', 'mcp', 'custom', ''), name: anyText })),
    server_label: anyText,
    error: junk,
  },
  { requiredKeys: ['type'] },
);

/** Any value in any field: what a server of another make may send. */
const malformed = fc
  .tuple(
    fc.constantFrom(...TYPES),
    fc.dictionary(fc.constantFrom('id', 'call_id', 'role', 'name', 'content', 'summary', 'output', 'action'), junk),
  )
  .map(([type, fields]) => ({ ...fields, type }));

/** Lists of items of the responses API, of every type, well formed or not. */
export const items: fc.Arbitrary<unknown[]> = fc.array(
  fc.oneof({ weight: 6, arbitrary: wellFormed }, { weight: 3, arbitrary: malformed }, junk),
  { maxLength: 6 },
);
