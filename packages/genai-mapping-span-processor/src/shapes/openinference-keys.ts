/** The keys of one message. Made once: putting keys together costs more than writing what stands under them. */
export interface MessageKeys {
  readonly role: string;
  readonly name: string;
  readonly content: string;
  readonly toolCallId: string;
  /** Beginning of what is more than a value, with its last dot. */
  readonly begin: string;
  /** Type and text of the first contents. */
  readonly contents: readonly ContentKeys[];
}

/** The keys of one content of a message. */
export interface ContentKeys {
  /** Beginning of all keys of the content, with its last dot. */
  readonly begin: string;
  readonly type: string;
  readonly text: string;
}

/** Messages and contents whose keys are kept. Longer conversations are rare, and the SDK keeps 128 attributes. */
const KEPT_MESSAGES = 64;
const KEPT_CONTENTS = 4;

const KEPT: ReadonlyMap<string, MessageKeys[]> = new Map([
  ['llm.input_messages.', []],
  ['llm.output_messages.', []],
]);

/** @param prefix - `llm.input_messages.` or `llm.output_messages.` */
export function messageKeys(prefix: string, index: number): MessageKeys {
  const kept = index < KEPT_MESSAGES ? KEPT.get(prefix) : undefined;
  const known = kept?.[index];
  if (known !== undefined) return known;
  const begin = `${prefix}${index}.message.`;
  const keys: MessageKeys = {
    role: `${begin}role`,
    name: `${begin}name`,
    content: `${begin}content`,
    toolCallId: `${begin}tool_call_id`,
    begin,
    contents: Array.from({ length: kept === undefined ? 0 : KEPT_CONTENTS }, (_, i) => newContentKeys(begin, i)),
  };
  // Filled in order: the first messages come first.
  if (kept?.length === index) kept.push(keys);
  return keys;
}

export function contentKeys(message: MessageKeys, index: number): ContentKeys {
  return message.contents[index] ?? newContentKeys(message.begin, index);
}

function newContentKeys(messageBegin: string, index: number): ContentKeys {
  const begin = `${messageBegin}contents.${index}.`;
  return { begin, type: `${begin}message_content.type`, text: `${begin}message_content.text` };
}
