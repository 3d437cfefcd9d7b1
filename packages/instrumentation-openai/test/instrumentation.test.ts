import { context, diag, DiagLogLevel, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import OpenAI from 'openai';
import { validateInputMessages, validateOutputMessages } from '@genspan/semconv';
import { OpenAIInstrumentation } from '@genspan/instrumentation-openai';
import { observedOpenAI, QUESTION, type ObservedOpenAI } from './observed-openai.js';
import manifest from '../package.json';
import { isSupportedVersion, PACKAGE_NAME, PACKAGE_VERSION } from '../src/package-info.js';

let observed: ObservedOpenAI;
afterEach(() => observed?.close());

describe('OpenAIInstrumentation', () => {
  it('records a call as a client span by the conventions', async () => {
    observed = await observedOpenAI({ captureMessageContent: 'span_only' });
    await observed.client().chat.completions.create({ ...QUESTION, temperature: 0.5, max_tokens: 9, seed: 7, n: 2 });
    const [span] = observed.spans();
    expect(span).toMatchObject({ name: 'chat gpt-4o-mini', kind: SpanKind.CLIENT, status: { code: 0 } });
    expect(span?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 9,
      'gen_ai.request.seed': 7,
      'gen_ai.request.choice.count': 2,
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
      'openai.api.type': 'chat_completions',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(observed.server.url).port),
    });
    expect(validateInputMessages(span?.attributes['gen_ai.input.messages'])).toEqual([]);
    expect(validateOutputMessages(span?.attributes['gen_ai.output.messages'])).toEqual([]);
    expect(span?.instrumentationScope).toMatchObject({ name: PACKAGE_NAME, version: PACKAGE_VERSION });
  });

  it('is the parent of what the client does, and a child of what the application does', async () => {
    observed = await observedOpenAI();
    let seenInFetch: string | undefined;
    const client = observed.client(undefined, {
      fetch: (...args) => {
        seenInFetch = trace.getActiveSpan()?.spanContext().spanId;
        return fetch(...args);
      },
    });
    const tracer = observed.tracerProvider.getTracer('app');
    await tracer.startActiveSpan('parent', async (parent) => {
      await client.chat.completions.create(QUESTION);
      expect(trace.getActiveSpan()).toBe(parent);
      const [span] = observed.spans();
      expect(span?.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
      expect(seenInFetch).toBe(span?.spanContext().spanId);
      parent.end();
    });
  });

  it('records duration and tokens as metrics, and the details as an event', async () => {
    observed = await observedOpenAI({ captureMessageContent: 'event_only' });
    await observed.client().chat.completions.create(QUESTION);
    const [duration] = await observed.points('gen_ai.client.inference.duration');
    expect(duration?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
    });
    const [event] = observed.events();
    expect(event?.eventName).toBe('gen_ai.client.inference.operation.details');
    expect(event?.spanContext?.spanId).toBe(observed.spans()[0]?.spanContext().spanId);
    expect(event?.attributes['gen_ai.input.messages']).toEqual([
      { role: 'user', parts: [{ type: 'text', content: QUESTION.messages[0]?.content }] },
    ]);
    expect(observed.spans()[0]?.attributes).not.toHaveProperty('gen_ai.input.messages');
  });

  it('is silent in a context that suppresses tracing', async () => {
    observed = await observedOpenAI();
    await context.with(suppressTracing(context.active()), () => observed.client().chat.completions.create(QUESTION));
    expect(observed.started()).toBe(0);
    expect((await observed.metrics()).size).toBe(0);
    expect(observed.events()).toHaveLength(0);
  });

  it('stops when it is disabled, and goes on when it is enabled again', async () => {
    observed = await observedOpenAI();
    observed.instrumentation.disable();
    await observed.client().chat.completions.create(QUESTION);
    expect(observed.started()).toBe(0);
    observed.instrumentation.enable();
    await observed.client().chat.completions.create(QUESTION);
    expect(observed.started()).toBe(1);
  });

  it('records a call once, however often the class is handed over', async () => {
    observed = await observedOpenAI();
    observed.instrumentation.manuallyInstrument(OpenAI);
    observed.instrumentation.manuallyInstrument({ OpenAI, default: OpenAI });
    await observed.client().chat.completions.create(QUESTION);
    expect(observed.started()).toBe(1);
  });

  it('observes clients made by withOptions()', async () => {
    observed = await observedOpenAI();
    await observed.client().withOptions({ maxRetries: 1 }).chat.completions.create(QUESTION);
    expect(observed.started()).toBe(1);
  });

  it('runs the hooks with span, parameters and result, and survives their throwing', async () => {
    const requestHook = jest.fn();
    const responseHook = jest.fn();
    observed = await observedOpenAI({ requestHook, responseHook });
    const completion = await observed.client().chat.completions.create(QUESTION);
    expect(requestHook).toHaveBeenCalledWith(expect.objectContaining({ name: 'chat gpt-4o-mini' }), QUESTION);
    expect(responseHook).toHaveBeenCalledWith(expect.anything(), completion);

    const thrower = (): never => {
      throw new Error('of the hook');
    };
    observed.instrumentation.setConfig({ requestHook: thrower, responseHook: thrower });
    await expect(observed.client().chat.completions.create(QUESTION)).resolves.toEqual(completion);
    expect(observed.spans()[1]?.status.code).toBe(SpanStatusCode.UNSET);
  });

  it('refuses a bad option at construction', () => {
    expect(() => new OpenAIInstrumentation({ captureMessageContent: 'everything' } as object)).toThrow(
      /captureMessageContent/,
    );
  });

  it.each([
    ['4.18.0', false],
    ['4.19.0', true],
    ['4.104.0', true],
    ['5.0.0-beta.1', true],
    ['6.49.0', true],
    ['7.57.0', true],
    ['8.0.0', false],
    ['3.3.0', false],
  ])('takes openai %s for supported: %s', (version, expected) => {
    expect(isSupportedVersion(version)).toBe(expected);
  });

  it('warns once, naming version and range, when openai is outside the range', () => {
    const warn = jest.fn();
    const none = (): void => undefined;
    diag.setLogger({ warn, error: none, info: none, debug: none, verbose: none }, DiagLogLevel.WARN);
    const instrumentation = new OpenAIInstrumentation();
    const [definition] = instrumentation.getModuleDefinitions();
    class Future {}
    const patch = definition?.patch as (exports: unknown, version: string) => unknown;
    expect(patch(Future, '8.1.0')).toBe(Future);
    expect(patch(Future, '8.1.0')).toBe(Future);
    diag.disable();
    expect(warn).toHaveBeenCalledTimes(1);
    expect(String(warn.mock.calls[0])).toContain('openai 8.1.0 is not observed: expected a version in >=4.19.0 <8');
  });

  it('has the name and version of its package', () => {
    expect(manifest).toMatchObject({ name: PACKAGE_NAME, version: PACKAGE_VERSION });
  });
});
