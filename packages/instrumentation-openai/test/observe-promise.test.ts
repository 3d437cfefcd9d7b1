import OpenAI from 'openai';
import { observedOpenAI, QUESTION, until, type ObservedOpenAI } from './observed-openai.js';

let observed: ObservedOpenAI;
beforeEach(async () => {
  observed = await observedOpenAI();
});
afterEach(() => observed.close());

const outcomeOf = (at: number): unknown => observed.spans()[at]?.attributes['genspan.response.outcome'];

describe('a promise of the client', () => {
  it('stays the APIPromise that it was, and two awaits give the same object', async () => {
    const promise = observed.client().chat.completions.create(QUESTION);
    expect(promise.constructor.name).toBe('APIPromise');
    expect(Object.keys(promise)).not.toContain('parse');
    expect(await promise).toBe(await promise);
    expect(observed.spans()).toHaveLength(1);
    expect(observed.spans()[0]?.name).toBe('chat gpt-4o-mini');
  });

  it('gives data and response to withResponse, and records the data', async () => {
    const { data, response } = await observed.client().chat.completions.create(QUESTION).withResponse();
    expect(response.status).toBe(200);
    expect(observed.spans()[0]?.attributes['gen_ai.response.id']).toBe(data.id);
    expect(outcomeOf(0)).toBeUndefined();
  });

  it('leaves the body of asResponse to the caller, and ends the span as raw', async () => {
    const response = await observed.client().chat.completions.create(QUESTION).asResponse();
    const body = (await response.json()) as { object: string };
    expect(body.object).toBe('chat.completion');
    await until(() => observed.spans().length === 1);
    expect(outcomeOf(0)).toBe('raw');
  });

  it('records everything when the caller takes the raw response and then the parsed one', async () => {
    const promise = observed.client().chat.completions.create(QUESTION);
    await promise.asResponse();
    const completion = await promise;
    expect(observed.spans()[0]?.attributes['gen_ai.response.id']).toBe(completion.id);
    expect(outcomeOf(0)).toBeUndefined();
  });

  it('sends a call that nobody awaits, and ends its span on shutdown as unread, when the response came', async () => {
    void observed.client().chat.completions.create(QUESTION);
    await until(() => observed.server.requests.length === 1);
    expect(observed.spans()).toHaveLength(0);
    observed.instrumentation.shutdown();
    expect(outcomeOf(0)).toBe('unread');
  });

  it('records a call that is awaited long after its response came', async () => {
    const promise = observed.client().chat.completions.create(QUESTION);
    await until(() => observed.server.requests[0]?.outcome === 'completed');
    await new Promise((resolve) => setImmediate(resolve));
    const completion = await promise;
    expect(observed.spans()[0]?.attributes['gen_ai.response.id']).toBe(completion.id);
    expect(outcomeOf(0)).toBeUndefined();
  });

  it('rejects with the very errors of the client, and records their code', async () => {
    const error: unknown = await observed
      .client('error-429')
      .chat.completions.create(QUESTION)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    const [span] = observed.spans();
    expect(span?.status.code).toBe(2);
    expect(span?.attributes['error.type']).toBe('rate_limit_exceeded');
  });

  it('records a connection error and an abort by their class', async () => {
    const aborting = new AbortController();
    const hanging = observed.client('hang').chat.completions.create(QUESTION, { signal: aborting.signal });
    await until(() => observed.server.requests.length === 1);
    aborting.abort();
    await expect(hanging).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    const reset = observed.client('reset-before-response').chat.completions.create(QUESTION);
    await expect(reset).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(observed.spans().map((span) => span.attributes['error.type'])).toEqual([
      'APIUserAbortError',
      'APIConnectionError',
    ]);
    expect(outcomeOf(0)).toBe('aborted');
  });

  it('covers retries with one span', async () => {
    const client = observed.client('flaky-once', { maxRetries: 2 });
    await client.chat.completions.create(QUESTION);
    expect(observed.server.requests.length).toBe(2);
    expect(observed.started()).toBe(1);
    expect(observed.spans()[0]?.status.code).toBe(0);
  });

  it('hands a helper its transformed result, and records the call once', async () => {
    const parsed = await observed.client().chat.completions.parse(QUESTION);
    expect(parsed.choices[0]?.message.parsed).toBeNull();
    expect(observed.started()).toBe(1);
    expect(observed.spans()[0]?.attributes['gen_ai.response.id']).toBe(parsed.id);
  });

  it('does not take a result that the helper rejects for a failed call', async () => {
    const request = {
      ...QUESTION,
      response_format: { type: 'json_schema' as const, json_schema: { name: 'n', strict: true, schema: {} } },
    };
    const failing = observed.client('incomplete').chat.completions.parse(request);
    await expect(failing).rejects.toThrow();
    const [span] = observed.spans();
    expect(span?.status.code).toBe(0);
    expect(span?.attributes['gen_ai.response.finish_reasons']).toEqual(['length']);
  });

  it('records a body that cannot be parsed as a failure', async () => {
    const client = observed.client('ok', {
      fetch: () => Promise.resolve(new Response('{"id": ', { headers: { 'content-type': 'application/json' } })),
    });
    await expect(client.chat.completions.create(QUESTION)).rejects.toThrow('JSON');
    expect(observed.spans()[0]?.attributes['error.type']).toBe('SyntaxError');
  });
});
