/** What the application of this folder is told to do, as the JSON that it reads. */
export interface Plan {
  /** Options of the clients, by the names that calls use. */
  readonly clients: Readonly<Record<string, PlannedClient>>;
  readonly calls: readonly PlannedCall[];
}

/** A client to make. */
export interface PlannedClient {
  readonly class: 'OpenAI' | 'AzureOpenAI';
  readonly options: Readonly<Record<string, unknown>>;
}

/** A call to make. What stands for a file becomes an upload. */
export interface PlannedCall {
  readonly client: string;
  readonly resource: readonly string[];
  readonly method: string;
  readonly args: readonly unknown[];
}
