import type { GenAIFailure, GenAIRequest, GenAIResult } from '../src/index.js';

/** A secret for one place, assembled here so that no scanner takes it for a real one. */
export function secret(place: string): string {
  return ['sk', 'planted', place, 'x'.repeat(12)].join('-');
}

/** What every planted secret has in it. */
export const SECRET = ['sk', 'planted'].join('-');

export const CHAT: GenAIRequest = {
  kind: 'inference',
  operationName: 'chat',
  providerName: 'openai',
  requestModel: 'gpt-4o',
  serverAddress: 'api.example.com',
  serverPort: 443,
};

export const EMBEDDINGS: GenAIRequest = {
  kind: 'other',
  operationName: 'embeddings',
  providerName: 'openai',
  requestModel: 'embed-1',
};

/** A request with a secret in each field of its content. */
export function secretRequest(overrides: Partial<GenAIRequest> = {}): GenAIRequest {
  return {
    ...CHAT,
    content: () => ({
      systemInstructions: [{ type: 'text', content: secret('instructions') }],
      inputMessages: [
        { role: 'user', parts: [{ type: 'text', content: secret('input') }] },
        { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'f', arguments: { key: secret('args') } }] },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: secret('tool-response') }] },
      ],
      toolDefinitions: [{ type: 'function', name: 'f', description: secret('tool') }],
      attributes: {
        'gen_ai.request.stop_sequences': [secret('stop')],
        'gen_ai.prompt.variable.city': secret('variable'),
      },
    }),
    ...overrides,
  };
}

/** A result with a secret in its content. */
export function secretResult(overrides: Partial<GenAIResult> = {}): GenAIResult {
  return {
    responseId: 'resp-1',
    responseModel: 'gpt-4o-2024',
    finishReasons: ['stop'],
    usage: { input: 12, output: 5 },
    content: () => ({
      outputMessages: [
        { role: 'assistant', parts: [{ type: 'text', content: secret('output') }], finish_reason: 'stop' },
      ],
    }),
    ...overrides,
  };
}

export class RateLimitError extends Error {}

/** A failure whose exception repeats the request, over lines that look like frames of a stack. */
export function secretFailure(): GenAIFailure {
  const lines = [`Rejected: ${secret('error')}`, `    at ${secret('frame')} (/app/a.js:1:2)`, secret('tail')];
  return {
    errorType: 'rate_limit_exceeded',
    description: '429 rate_limit_exceeded',
    exception: new RateLimitError(lines.join('\n')),
  };
}
