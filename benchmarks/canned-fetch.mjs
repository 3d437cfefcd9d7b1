// A `fetch` that answers from memory, so that a call costs what the client and the instrumentation cost and nothing else.

const encoder = new TextEncoder();
const JSON_HEADERS = { 'content-type': 'application/json', 'x-request-id': 'req_benchmark' };
const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'x-request-id': 'req_benchmark' };

/** Makes the `fetch` of one client; `answer(case)` chooses what the next calls get: one JSON body, or one event per pull. */
export function cannedFetch() {
  let respond;
  const fetch = async () => respond();
  const answer = ({ json, events }) => {
    if (json !== undefined) {
      const body = encoder.encode(json);
      respond = () => new Response(body, { status: 200, headers: JSON_HEADERS });
      return;
    }
    const parts = events.map((text) => encoder.encode(text));
    respond = () => new Response(eventStream(parts), { status: 200, headers: STREAM_HEADERS });
  };
  return { fetch, answer };
}

function eventStream(parts) {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      if (next < parts.length) controller.enqueue(parts[next++]);
      else controller.close();
    },
  });
}
