/** What is known about a piece of GenAI work beyond what the model client sees. Everything is optional; `undefined` says nothing. */
export interface GenAIContextValues {
  /** The visit or chat window that the work belongs to. */
  readonly sessionId?: string | undefined;
  /** Who the work is done for; better a pseudonym than an e-mail address. */
  readonly userId?: string | undefined;
  /** The customer or workspace, where one process serves several. */
  readonly tenantId?: string | undefined;
  /** The conversation as the model's side knows it: what `gen_ai.conversation.id` says. */
  readonly conversationId?: string | undefined;
  /** Labels for filtering and sampling. */
  readonly tags?: readonly string[] | undefined;
  /** Named values of the application's own. Numbers must be finite. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Name of the prompt or prompt template in use. */
  readonly promptName?: string | undefined;
  /** Its version. */
  readonly promptVersion?: string | undefined;
}
