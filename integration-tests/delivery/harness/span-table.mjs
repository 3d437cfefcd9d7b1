// What a receiver knows of each span it ever saw: ten bytes for each, so that millions fit.

const MAX_LOAD = 0.6;
const MAX_COUNT = 127;
const ANSWER_LOST = 128;

/** A map from span ids to how often they were accepted. */
export class SpanTable {
  #capacity = 1 << 16;
  #high = new Uint32Array(this.#capacity);
  #low = new Uint32Array(this.#capacity);
  #states = new Uint8Array(this.#capacity);
  size = 0;

  /** Counts one acceptance. @returns how often it was accepted before, and whether an answer to that was lost */
  accept(high, low) {
    if (this.size > MAX_LOAD * this.#capacity) this.#grow();
    const slot = this.#slotOf(high, low);
    const state = this.#states[slot];
    if (state === 0) this.size++;
    this.#high[slot] = high;
    this.#low[slot] = low;
    if ((state & MAX_COUNT) < MAX_COUNT) this.#states[slot]++;
    return { times: state & MAX_COUNT, answerWasLost: (state & ANSWER_LOST) !== 0 };
  }

  /** The answer to the last acceptance did not get to the sender: it may well send the span again. */
  loseAnswer(high, low) {
    const slot = this.#slotOf(high, low);
    if (this.#states[slot] !== 0) this.#states[slot] |= ANSWER_LOST;
  }

  /** How often it was accepted. */
  timesOf(high, low) {
    return this.#states[this.#slotOf(high, low)] & MAX_COUNT;
  }

  /** Where the id is, or would be. */
  #slotOf(high, low) {
    const mask = this.#capacity - 1;
    let slot = (Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    while (this.#states[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow() {
    const { high, low, states } = { high: this.#high, low: this.#low, states: this.#states };
    this.#capacity *= 2;
    this.#high = new Uint32Array(this.#capacity);
    this.#low = new Uint32Array(this.#capacity);
    this.#states = new Uint8Array(this.#capacity);
    for (let i = 0; i < states.length; i++) {
      if (states[i] === 0) continue;
      const slot = this.#slotOf(high[i], low[i]);
      this.#high[slot] = high[i];
      this.#low[slot] = low[i];
      this.#states[slot] = states[i];
    }
  }
}
