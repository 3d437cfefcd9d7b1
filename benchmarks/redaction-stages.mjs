// What redacts spans in the benchmarks: genspan, and what one would write around a function that redacts texts.

import { redactGated, redactInSequence } from './redaction-regexes.mjs';
import { loadRedactionPackage } from './redactors.mjs';

/** By id, in the order of the table: `create(delegate)` gives the processor. */
const STAGES = {
  genspan: { name: 'genspan', create: loadGenspan },
  gated: { name: '17 regexes, each gated', create: () => (delegate) => new TextStage(redactGated, delegate) },
  sequence: { name: '17 regexes', create: () => (delegate) => new TextStage(redactInSequence, delegate) },
};

export const REDACTION_STAGES = Object.keys(STAGES);

/** @returns `{ id, name, create }`; `{ id, name, missing: true }` when the package is not built */
export function loadRedactionStage(id) {
  const { name, create } = STAGES[id];
  const made = create();
  return made === undefined ? { id, name, missing: true } : { id, name, create: made };
}

function loadGenspan() {
  const { RedactionSpanProcessor } = loadRedactionPackage('redaction-stage');
  return RedactionSpanProcessor && ((delegate) => new RedactionSpanProcessor({ delegate }));
}

/** The strings among the attributes of a span, its name and its status; events and links are left alone. */
class TextStage {
  constructor(redact, delegate) {
    this.redact = redact;
    this.delegate = delegate;
  }

  onEnd(span) {
    const attributes = {};
    for (const key of Object.keys(span.attributes)) attributes[key] = this.value(span.attributes[key]);
    const { message } = span.status;
    const own = {
      name: { value: this.redact(span.name) },
      attributes: { value: attributes },
      status: { value: message === undefined ? span.status : { ...span.status, message: this.redact(message) } },
    };
    this.delegate.onEnd(Object.create(span, own));
  }

  value(value) {
    if (typeof value === 'string') return this.redact(value);
    return Array.isArray(value) ? value.map((item) => this.value(item)) : value;
  }
}
