// Many traces that are open at the same time, as a busy server has them.

import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { endModelCall, startModelCall } from './genai-spans.mjs';

// Every application with the SDK has one.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

/** One trace in so many has a span that failed. */
export const TRACES_PER_ERROR = 100;
/** After so many spans the event loop gets its turn, in which the batch processor exports: half of its default queue. */
const SPANS_PER_TURN = 1024;

const turn = () => new Promise(setImmediate);

/** Traces of `spansPerTrace` spans with one tracer: local roots first, their children in turn, the roots last. */
export class ConcurrentTraces {
  #roots = [];
  #spans = 0;

  /** @param nextPayload - gives the `{ prompt, completion }` of a span */
  constructor(tracer, spansPerTrace, nextPayload) {
    this.tracer = tracer;
    this.spansPerTrace = spansPerTrace;
    this.nextPayload = nextPayload;
  }

  async startRoots(traces) {
    for (let i = 0; i < traces; i++) {
      const payload = this.nextPayload();
      const span = startModelCall(this.tracer, ROOT_CONTEXT, payload.prompt);
      this.#roots.push({ span, context: trace.setSpan(ROOT_CONTEXT, span), payload });
      if (this.#due()) await turn();
    }
  }

  /** The first child of each trace, then the second of each: no trace is complete before all nearly are. */
  async runChildren() {
    for (let child = 1; child < this.spansPerTrace; child++) {
      for (let i = 0; i < this.#roots.length; i++) {
        const { prompt, completion } = this.nextPayload();
        const span = startModelCall(this.tracer, this.#roots[i].context, prompt);
        endModelCall(span, completion, child === 1 && i % TRACES_PER_ERROR === 0);
        if (this.#due()) await turn();
      }
    }
  }

  async endRoots() {
    for (const { span, payload } of this.#roots.splice(0)) {
      endModelCall(span, payload.completion, false);
      if (this.#due()) await turn();
    }
  }

  #due() {
    return ++this.#spans % SPANS_PER_TURN === 0;
  }
}
