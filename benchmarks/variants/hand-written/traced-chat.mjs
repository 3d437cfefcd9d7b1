// What somebody who knows OpenTelemetry writes around `client.chat.completions.create` in one application.

import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { requestAttributes, responseAttributes } from './attributes.mjs';
import { metricAttributes } from './metrics.mjs';
import { StreamedCompletion } from './streamed-completion.mjs';

/** @returns a function that takes the params of `create` and gives what `create` resolves to */
export function createTracedChat({ client, tracer, metrics }) {
  const { hostname, port } = new URL(client.baseURL);
  const server = { address: hostname, port: Number(port || 443) };

  return (params) => {
    const start = performance.now();
    const options = { kind: SpanKind.CLIENT, attributes: requestAttributes(params, server) };
    return tracer.startActiveSpan(`chat ${params.model}`, options, async (span) => {
      let result;
      try {
        result = await client.chat.completions.create(params);
      } catch (error) {
        fail(span, error);
        span.end();
        throw error;
      }
      if (params.stream) return tracedStream(result, { params, server, span, start, metrics });
      span.setAttributes(responseAttributes(result));
      span.end();
      metrics?.record(result, metricAttributes(params, server, result), seconds(start));
      return result;
    });
  };
}

async function* tracedStream(stream, { params, server, span, start, metrics }) {
  const completion = new StreamedCompletion();
  let attributes;
  let secondsToFirstChunk;
  let last = start;
  try {
    for await (const chunk of stream) {
      completion.add(chunk);
      if (secondsToFirstChunk === undefined) {
        secondsToFirstChunk = seconds(start);
        if (metrics) {
          attributes = metricAttributes(params, server, chunk);
          last = performance.now();
        }
      } else if (metrics) {
        const now = performance.now();
        metrics.chunk((now - last) / 1000, attributes);
        last = now;
      }
      yield chunk;
    }
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    span.setAttributes(responseAttributes(completion));
    span.setAttribute('gen_ai.response.time_to_first_chunk', secondsToFirstChunk);
    span.end();
    metrics?.record(completion, attributes, seconds(start), secondsToFirstChunk);
  }
}

function fail(span, error) {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  span.setAttribute('error.type', error.constructor.name);
}

const seconds = (start) => (performance.now() - start) / 1000;
