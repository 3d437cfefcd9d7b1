import { asJsonObject, asString } from '../json.js';

/** What each scenario makes the server do; the argument after the colon is optional. */
export const SCENARIOS = {
  ok: 'The normal answer.',
  tools: 'Calls the first tool of the request, or a made-up `get_weather`.',
  'tools-parallel': 'Calls two tools at once; streamed, their deltas interleave.',
  refusal: 'Refuses instead of answering.',
  reasoning: 'Reasons first: `reasoning_content` (chat) or a reasoning item with a summary (responses).',
  'builtin-tools': 'Responses: one output item of every built-in tool and MCP, whatever the request lists.',
  'content-filter': 'Stops with finish reason `content_filter`.',
  incomplete: 'Stops at the token limit: `length` (chat), status `incomplete` (responses).',
  failed: 'Responses: answers with status `failed`.',
  'no-usage': 'Leaves the usage out.',
  'odd-chunks': 'Streams chunks no client expects: no choices, empty choices, a null delta, booleans in usage.',
  'null-choice': 'Streams a chunk whose only choice is null, which version 7 of the client itself rejects.',
  'long-stream': 'Streams ARG (1000) chunks of 16 KiB, so that a reader that stops stops the server.',
  'slow-stream': 'Waits ARG (20) milliseconds before each event.',
  'slow-response': 'Waits ARG (50) milliseconds before the answer.',
  'error-400': 'HTTP 400, `invalid_request_error`.',
  'error-401': 'HTTP 401, `invalid_api_key`.',
  'error-404': 'HTTP 404, `model_not_found`.',
  'error-429': 'HTTP 429, `rate_limit_exceeded`, with retry-after(-ms) of ARG (20) milliseconds.',
  'error-500': 'HTTP 500, `server_error`, with retry-after-ms of 20.',
  'flaky-once': 'HTTP 500 for the first ARG (1) tries (told by `x-stainless-retry-count`), then the normal answer.',
  'reset-before-response': 'Closes the connection without an answer.',
  'reset-mid-stream': 'Closes the connection after ARG (2) events.',
  'error-mid-stream': 'Sends an error event after ARG (2) events and ends.',
  'invalid-json-mid-stream': 'Sends an event that is not JSON after ARG (2) events and ends.',
  'end-mid-stream': 'Ends the stream in good order after ARG (2) events, with nothing that closes it.',
  hang: 'Never answers.',
  'hang-mid-stream': 'Sends nothing more after ARG (2) events.',
  'not-json': 'HTTP 200 with an HTML page.',
  'empty-204': 'HTTP 204.',
} as const;

/** The name of something the server can be asked to do. */
export type ScenarioName = keyof typeof SCENARIOS;

/** What one request asked the server to do: one or more scenarios, each with an optional numeric argument. */
export class Scenario {
  readonly #parts: ReadonlyMap<string, number | undefined>;

  /**
   * @param text - Comma-separated names, each with an optional `:number`, as in `tools,slow-stream:5`.
   * @throws TypeError when a name is unknown or an argument is not a number.
   */
  constructor(text: string) {
    const parts = new Map<string, number | undefined>();
    for (const part of text.split(',')) {
      const [name = '', argument] = part.trim().split(':');
      if (!Object.hasOwn(SCENARIOS, name)) {
        throw new TypeError(`Expected \`scenario\` to be one of ${Object.keys(SCENARIOS).join(', ')}, got \`${name}\``);
      }
      if (argument !== undefined && !Number.isFinite(Number(argument))) {
        throw new TypeError(`Expected the argument of scenario \`${name}\` to be a number, got \`${argument}\``);
      }
      parts.set(name, argument === undefined ? undefined : Number(argument));
    }
    this.#parts = parts;
  }

  /** Whether the request asked for `name`. */
  has(name: ScenarioName): boolean {
    return this.#parts.has(name);
  }

  /** The argument given to `name`, else `fallback`. */
  argument(name: ScenarioName, fallback: number): number {
    return this.#parts.get(name) ?? fallback;
  }
}

const MODEL_WITH_SCENARIO = /^(?<model>[^@]*)@(?<scenario>.+)$/;

/** The model a client asked for, with the scenario it may carry after an `@` taken off. */
export function splitModel(model: string): { model: string; scenario: string | undefined } {
  const match = MODEL_WITH_SCENARIO.exec(model);
  return { model: match?.groups?.['model'] ?? model, scenario: match?.groups?.['scenario'] };
}

/**
 * Finds the scenario of a request: the `x-scenario` header, else what follows `@` in the model (or in the Azure
 * deployment of the path), else `ok`.
 */
export function scenarioTextOf(headers: Readonly<Record<string, string>>, path: string, body: unknown): string {
  const header = headers['x-scenario'];
  if (header !== undefined) return header;
  const deployment = /\/deployments\/([^/]+)\//.exec(path)?.[1];
  const fromPath = deployment === undefined ? undefined : splitModel(decodeURIComponent(deployment)).scenario;
  return fromPath ?? splitModel(asString(asJsonObject(body)['model'])).scenario ?? 'ok';
}
