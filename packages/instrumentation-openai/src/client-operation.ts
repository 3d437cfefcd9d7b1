import type { GenAIRequest, OperationEnd } from '@genspan/genai-operation';

/** What a method's arguments say; host and provider come from the client. */
export type ClientRequest = Omit<GenAIRequest, 'providerName' | 'serverAddress' | 'serverPort'>;

/**
 * How one method of the client is translated into a GenAI operation. Arguments and results are whatever the
 * application passed and the API answered, so a translation checks each field it reads and skips what it does not know.
 */
export interface ClientOperation {
  /** Translates the arguments. May throw: the call then goes through unobserved. */
  request(args: readonly unknown[]): ClientRequest;
  /** Translates a parsed response. */
  response(value: unknown): OperationEnd;
  /** Makes a reader for one streamed response. Absent where the method never streams. */
  stream?(options: StreamReaderOptions): StreamReader;
  /** Whether a stream of this method reports usage only when `stream_options.include_usage` asks for it. @defaultValue false */
  readonly usageOnRequest?: boolean;
}

/** What a stream reader needs to know. */
export interface StreamReaderOptions {
  /** Whether text is to be collected; without it only ids, reasons and usage are. */
  readonly capturesContent: boolean;
}

/** Gathers a streamed response from the chunks that the caller pulls. */
export interface StreamReader {
  /** Reads one chunk; it belongs to the caller and is not changed or kept. */
  add(chunk: unknown): void;
  /** What was gathered so far. */
  end(): OperationEnd;
  /** Whether the answer is all there, so that a caller who leaves now has not broken it off. @defaultValue false */
  readonly complete?: boolean;
}
