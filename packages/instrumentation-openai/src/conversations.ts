import type { Attributes } from '@opentelemetry/api';
import type { OperationEnd } from '@genspan/genai-operation';
import { ATTR_GEN_AI_CONVERSATION_ID, GENSPAN_OPERATION_NAME_VALUE_CONVERSATION } from '@genspan/semconv';
import type { ClientOperation } from './client-operation.js';
import { fields, identifier, text } from './untyped.js';

/** Where the arguments of a method name the conversation. */
type ConversationOf = (args: readonly unknown[]) => unknown;

const notYet: ConversationOf = () => undefined;
const firstArgument: ConversationOf = ([id]) => id;
const inParams: ConversationOf = ([, params]) => fields(params)['conversation_id'];

/** `conversations.create`: the id is known from the answer. */
export const createConversation = conversationMethod('create', notYet);
/** `conversations.retrieve`. */
export const retrieveConversation = conversationMethod('retrieve', firstArgument);
/** `conversations.update`. */
export const updateConversation = conversationMethod('update', firstArgument);
/** `conversations.delete`. */
export const deleteConversation = conversationMethod('delete', firstArgument);
/** `conversations.items.create`. */
export const createConversationItems = conversationMethod('items.create', firstArgument);
/** `conversations.items.list`. */
export const listConversationItems = conversationMethod('items.list', firstArgument);
/** `conversations.items.retrieve`. */
export const retrieveConversationItem = conversationMethod('items.retrieve', inParams);
/** `conversations.items.delete`. */
export const deleteConversationItem = conversationMethod('items.delete', inParams);

/** A method that reads or changes what the provider stores. The model is not involved and no content is recorded. */
function conversationMethod(method: string, conversationOf: ConversationOf): ClientOperation {
  const spanName = `${GENSPAN_OPERATION_NAME_VALUE_CONVERSATION} ${method}`;
  return {
    request: (args) => ({
      kind: 'other',
      operationName: GENSPAN_OPERATION_NAME_VALUE_CONVERSATION,
      spanName,
      attributes: conversationAttributes(conversationOf(args)),
    }),
    response: conversationResult,
  };
}

/** Items and lists of them have ids too, which are not the conversation's. */
function conversationResult(value: unknown): OperationEnd {
  const { id, object } = fields(value);
  const isConversation = text(object)?.startsWith('conversation') === true;
  return isConversation ? { result: { attributes: conversationAttributes(id) } } : {};
}

function conversationAttributes(id: unknown): Attributes {
  const conversation = identifier(id);
  return conversation === undefined ? {} : { [ATTR_GEN_AI_CONVERSATION_ID]: conversation };
}
