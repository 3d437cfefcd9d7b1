/** What has to be known of a message to drop others. */
export interface MessageFacts {
  /** Instructions, which are kept. */
  readonly isSystem: boolean;
  /** Whether it is a message at all: what has no role is none. */
  readonly hasRole: boolean;
  /** Whether it is one of the GenAI conventions. */
  readonly hasParts: boolean;
  /** Ids of the tool calls in it; empty ones where they have none. */
  readonly calls: readonly string[];
  /** Ids of the calls whose responses are in it. */
  readonly responses: readonly string[];
}

const SYSTEM_ROLES: ReadonlySet<unknown> = new Set(['system', 'developer']);
const CALL_TYPES: ReadonlySet<unknown> = new Set(['tool_call', 'tool-call', 'tool_use', 'function_call']);
const RESPONSE_TYPES: ReadonlySet<unknown> = new Set([
  'tool_call_response',
  'tool-result',
  'tool_result',
  'function_call_output',
]);
const ID_KEYS = ['id', 'tool_call_id', 'toolCallId', 'tool_use_id', 'call_id'] as const;

/** The facts of a message of the GenAI conventions, OpenAI, Anthropic or the AI SDK, given as JSON. */
export function messageFacts(json: string): MessageFacts {
  const message = parse(json);
  const calls: string[] = [];
  const responses: string[] = [];
  if (isRecord(message)) {
    collect(message, calls, responses);
    for (const list of [message['parts'], message['content']]) {
      if (Array.isArray(list)) for (const part of list) if (isRecord(part)) collect(part, calls, responses);
    }
    const { tool_calls: toolCalls } = message;
    if (Array.isArray(toolCalls)) for (const call of toolCalls) calls.push(idOf(call));
    if (message['role'] === 'tool' && typeof message['content'] === 'string') responses.push(idOf(message));
  }
  const role = isRecord(message) ? message['role'] : undefined;
  return {
    isSystem: SYSTEM_ROLES.has(role),
    hasRole: typeof role === 'string',
    hasParts: isRecord(message) && Array.isArray(message['parts']),
    calls,
    responses,
  };
}

function collect(part: Readonly<Record<string, unknown>>, calls: string[], responses: string[]): void {
  if (CALL_TYPES.has(part['type'])) calls.push(idOf(part));
  else if (RESPONSE_TYPES.has(part['type'])) responses.push(idOf(part));
}

function idOf(part: unknown): string {
  if (!isRecord(part)) return '';
  // What is a response names the call by a longer key, and may have an id of its own.
  const key = ID_KEYS.findLast((name) => typeof part[name] === 'string');
  const id = key === undefined ? '' : part[key];
  return typeof id === 'string' ? id : '';
}

/**
 * Takes away what would stay without its counterpart: a response whose call is dropped, and a call whose response is. A response
 * belongs to the last call with its id before it, as some servers use the same ids in every turn.
 *
 * @param kept - of each message whether it stays; changed
 */
export function dropUnpaired(messages: readonly MessageFacts[], kept: boolean[]): void {
  const group = messages.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (group[root] !== root) root = group[root] = group[group[root] ?? root] ?? root;
    return root;
  };
  const lastCall = new Map<string, number>();
  messages.forEach(({ calls, responses }, index) => {
    for (const id of responses) {
      const call = lastCall.get(id);
      if (call !== undefined) group[rootOf(index)] = rootOf(call);
    }
    for (const id of calls) lastCall.set(id, index);
  });
  const broken = new Set(messages.flatMap((_, index) => (kept[index] === true ? [] : [rootOf(index)])));
  messages.forEach((_, index) => {
    if (broken.has(rootOf(index))) kept[index] = false;
  });
}

/** What a JSON text stands for; `undefined` when it cannot be told. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object with members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
