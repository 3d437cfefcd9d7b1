// A span as an instrumentation of a model client writes it: twelve GenAI attributes, a prompt of 2 KB and a completion of 1 KB.

import { SpanKind, SpanStatusCode } from '@opentelemetry/api';

const PROMPT_BYTES = 2048;
const COMPLETION_BYTES = 1024;
const SENTENCE =
  'The reading of station 17 fell by 0.4 degrees "overnight", and the crew asked whether the sensor drifts. ';

/** Message JSON of exactly `bytes` ASCII characters. */
function messageJson(role, bytes) {
  const json = (content) => JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
  const prose = SENTENCE.repeat(Math.ceil(bytes / SENTENCE.length));
  let length = bytes - json('').length;
  while (json(prose.slice(0, length)).length > bytes) length--;
  return json(prose.slice(0, length)).padEnd(bytes);
}

const PROMPT = messageJson('user', PROMPT_BYTES);
const COMPLETION = messageJson('assistant', COMPLETION_BYTES);

/** The same two strings for every span, so that only what is done with spans costs. */
export const sharedPayload = () => ({ prompt: PROMPT, completion: COMPLETION });

/** Strings of each span's own: 3 KB of heap that live exactly as long as the span. */
export function createUniquePayloads() {
  const prompt = Buffer.from(PROMPT, 'latin1');
  const completion = Buffer.from(COMPLETION, 'latin1');
  let spans = 0;
  return () => {
    // Into the text, where a letter or a digit may stand.
    prompt.write(String(++spans).padStart(12, '0'), 80, 'latin1');
    return { prompt: prompt.latin1Slice(), completion: completion.latin1Slice() };
  };
}

/** Starts a call of a model with what is known then. */
export function startModelCall(tracer, parentContext, prompt) {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.request.temperature': 0.2,
    'gen_ai.request.top_p': 0.9,
    'gen_ai.request.max_tokens': 800,
    'server.address': 'api.openai.com',
    'gen_ai.input.messages': prompt,
  };
  return tracer.startSpan('chat gpt-4o-mini', { kind: SpanKind.CLIENT, attributes }, parentContext);
}

/** Ends the call with what the answer says. */
export function endModelCall(span, completion, failed) {
  span.setAttributes({
    'gen_ai.response.id': 'chatcmpl-BenchmarkBenchmarkBenchmark1',
    'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': 412,
    'gen_ai.usage.output_tokens': 236,
    'gen_ai.output.messages': completion,
  });
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR, message: 'the answer was cut off' });
  span.end();
}

/** A span of an HTTP server, with the twelve attributes that the conventions have for it. */
export function endHttpSpan(tracer) {
  const attributes = {
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'http.route': '/orders/:id',
    'url.full': 'https://shop.example.com/orders/7?full=1',
    'url.path': '/orders/7',
    'url.scheme': 'https',
    'server.address': 'shop.example.com',
    'server.port': 443,
    'client.address': '203.0.113.7',
    'network.peer.address': '10.0.0.7',
    'network.protocol.version': '1.1',
    'user_agent.original': 'benchmark/1',
  };
  tracer.startSpan('GET /orders/:id', { kind: SpanKind.SERVER, attributes }).end();
}
