// Traces that are open at the same time and at different points of their lives, for as long as one likes.

import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { TRACES_PER_ERROR } from './concurrent-traces.mjs';
import { createUniquePayloads, endModelCall, startModelCall } from './genai-spans.mjs';

/** Each step ends one span of the next trace; where the root was left over, a new trace takes the place. */
export class TraceRing {
  #tracer;
  #spansPerTrace;
  #nextPayload = createUniquePayloads();
  #traces = [];
  #started = 0;
  #at = 0;

  constructor(tracer, { openTraces, spansPerTrace }) {
    this.#tracer = tracer;
    this.#spansPerTrace = spansPerTrace;
    for (let i = 0; i < openTraces; i++) this.#traces.push(this.#startTrace(1 + (i % (spansPerTrace - 1))));
  }

  step() {
    const current = this.#traces[this.#at];
    if (current.children === 0) {
      endModelCall(current.root, current.completion, false);
      this.#traces[this.#at] = this.#startTrace(this.#spansPerTrace - 1);
    } else {
      const { prompt, completion } = this.#nextPayload();
      const span = startModelCall(this.#tracer, current.context, prompt);
      endModelCall(span, completion, current.fails && current.children === 1);
      current.children--;
    }
    this.#at = (this.#at + 1) % this.#traces.length;
  }

  /** Ends the roots of what is open. */
  end() {
    for (const { root, completion } of this.#traces.splice(0)) endModelCall(root, completion, false);
  }

  #startTrace(children) {
    const { prompt, completion } = this.#nextPayload();
    const root = startModelCall(this.#tracer, ROOT_CONTEXT, prompt);
    const fails = this.#started++ % TRACES_PER_ERROR === 0;
    return { root, completion, context: trace.setSpan(ROOT_CONTEXT, root), children, fails };
  }
}
