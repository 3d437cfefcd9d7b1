import { request } from 'node:http';

import { startOpenAIServer, waitUntil } from '@genspan/test-utils';
import OpenAI, { AzureOpenAI } from 'openai';

import { API_KEY, MESSAGES, withClient } from './with-client';

const { server, client } = withClient();

const chat = (scenario: string, options = {}): Promise<OpenAI.ChatCompletion> =>
  client().chat.completions.create({ model: `gpt-4o-mini@${scenario}`, messages: MESSAGES }, options);

describe('startOpenAIServer', () => {
  it('records what it was asked', async () => {
    await client().chat.completions.create(
      { model: 'gpt-4o-mini@tools', messages: MESSAGES },
      { headers: { 'X-Mine': 'yes' }, query: { q: '1' } },
    );
    const recorded = server().requests.at(-1);
    expect(recorded).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      query: { q: '1' },
      headers: { 'x-mine': 'yes', authorization: `Bearer ${API_KEY}` },
      body: { model: 'gpt-4o-mini@tools', messages: MESSAGES },
      scenario: 'tools',
      status: 200,
    });
    await waitUntil(
      () => recorded?.outcome === 'completed',
      1_000,
      () => `completed, got ${recorded?.outcome}`,
    );
  });

  it('takes the scenario from a header where there is no model', async () => {
    const failing = client().files.retrieve('file-1', { headers: { 'x-scenario': 'error-404' } });
    await expect(failing).rejects.toBeInstanceOf(OpenAI.NotFoundError);
  });

  it('gives the same answer each time', async () => {
    expect(await chat('reasoning')).toEqual(await chat('reasoning'));
  });

  it('answers with the text of its owner', async () => {
    const own = await startOpenAIServer({ text: (body) => `You asked ${String(body['model'])}` });
    const completion = await new OpenAI({ apiKey: API_KEY, baseURL: own.baseURL }).chat.completions.create({
      model: 'm',
      messages: MESSAGES,
    });
    expect(completion.choices[0]?.message.content).toBe('You asked m');
    await own.close();
  });

  it.each([
    ['error-400', OpenAI.BadRequestError, 400, 'invalid_type'],
    ['error-401', OpenAI.AuthenticationError, 401, 'invalid_api_key'],
    ['error-404', OpenAI.NotFoundError, 404, 'model_not_found'],
    ['error-429', OpenAI.RateLimitError, 429, 'rate_limit_exceeded'],
    ['error-500', OpenAI.InternalServerError, 500, null],
  ])('answers %s as the API does', async (scenario, errorClass, status, code) => {
    const error: unknown = await chat(scenario).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toMatchObject({ status, code, requestID: 'req_1' });
  });

  it('asks to retry after the given time', async () => {
    const response = await fetch(`${server().baseURL}/models`, { headers: { 'x-scenario': 'error-429:1500' } });
    expect([response.headers.get('retry-after-ms'), response.headers.get('retry-after')]).toEqual(['1500', '2']);
    await response.text();
  });

  it('fails once, then answers the retry', async () => {
    const since = server().requests.length;
    await chat('flaky-once', { maxRetries: 1 });
    expect(
      server()
        .requests.slice(since)
        .map(({ status }) => status),
    ).toEqual([500, 200]);
  });

  it('closes the connection instead of an answer', async () => {
    await expect(chat('reset-before-response')).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    expect(server().requests.at(-1)?.outcome).toBe('reset by server');
  });

  it('answers with what is no JSON, or with nothing', async () => {
    expect(await chat('not-json')).toContain('<html>');
    expect(await chat('empty-204')).toBeNull();
  });

  it('never answers when asked to hang, and closes all the same', async () => {
    const own = await startOpenAIServer();
    const hanging = request(`${own.baseURL}/models`, { headers: { 'x-scenario': 'hang' } });
    const ended = new Promise<Error>((resolve) => hanging.on('error', resolve));
    hanging.end();
    await waitUntil(
      () => own.requests.length === 1,
      2_000,
      () => 'the request to arrive',
    );
    await own.close();
    expect((await ended).message).toMatch(/socket hang up|ECONNRESET/);
    expect(own.requests[0]?.status).toBeUndefined();
  });

  it('notices that the client has given up', async () => {
    await expect(chat('hang', { timeout: 30 })).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
    const recorded = server().requests.at(-1);
    await waitUntil(
      () => recorded?.outcome === 'aborted by client',
      2_000,
      () => `an abort, got ${recorded?.outcome}`,
    );
  });

  it('plays Azure, by deployment and without', async () => {
    const options = { endpoint: server().url, apiKey: API_KEY, apiVersion: '2024-10-21', maxRetries: 0 };
    const azure = new AzureOpenAI(options);
    const completion = await azure.chat.completions.create({ model: 'my-deployment', messages: MESSAGES });
    expect(completion).toMatchObject({
      model: 'my-deployment-2024-07-18',
      prompt_filter_results: [{ prompt_index: 0 }],
    });
    expect(server().requests.at(-1)).toMatchObject({
      path: '/openai/deployments/my-deployment/chat/completions',
      query: { 'api-version': '2024-10-21' },
    });
    const embedding = await azure.embeddings.create({ model: 'my-deployment', input: 'a' });
    expect(embedding.data).toHaveLength(1);
    const response = await azure.responses.create({ model: 'my-deployment', input: 'hi' });
    expect(response.output_text).toContain('Paris');
    expect(server().requests.at(-1)?.path).toBe('/openai/responses');
  });

  it('says so when it knows no such endpoint or scenario', async () => {
    const unknown = await fetch(`${server().baseURL}/nothing`);
    expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('/v1/nothing')]);
    const nonsense = await fetch(`${server().baseURL}/models`, { headers: { 'x-scenario': 'nonsense' } });
    expect([nonsense.status, await nonsense.text()]).toEqual([500, expect.stringContaining('got `nonsense`')]);
  });
});
