// Samples of functions of a text: how fast they get through a ring of documents.

import { makeDocuments } from './redaction-documents.mjs';

/** A sample takes about so long, and is made of this many characters at least, so that no document is seen too often. */
const SAMPLE_MICROS = 8000;
const RING_CHARACTERS = 256 * 1024;
const MAX_DOCUMENTS = 64;
const WARM_UP_MICROS = 400_000;

let sink = 0;

/** What was computed, so that none of it can be left out. */
export const computed = () => sink;

/**
 * A sampler of documents of one kind and length.
 *
 * @param now - microseconds
 * @returns `calibrate(redactor)` to be called once for each; `sample(redactor, round)`: characters per microsecond, which is MB/s
 *   when a character is a byte
 */
export function createTextSampler({ kind, length, now }) {
  const count = Math.max(4, Math.min(MAX_DOCUMENTS, Math.ceil(RING_CHARACTERS / length)));
  const calls = new Map();
  return {
    async calibrate(redactor) {
      const ring = makeDocuments(kind, length, count, 'warm-up');
      // Until the optimising compiler has had its time, or two calls of a slow one.
      const until = now() + WARM_UP_MICROS;
      let perCall = Infinity;
      for (let warm = 1, runs = 0; runs < 2 || (now() < until && perCall < WARM_UP_MICROS); runs++) {
        const start = now();
        await runOver(redactor, ring, warm);
        perCall = Math.max((now() - start) / warm, 0.001);
        warm = Math.min(2 * warm, Math.max(1, Math.round(SAMPLE_MICROS / perCall)));
      }
      calls.set(redactor, Math.max(1, Math.round(SAMPLE_MICROS / perCall)));
    },
    async sample(redactor, round) {
      const ring = makeDocuments(kind, length, Math.min(count, calls.get(redactor)), round);
      const start = now();
      const characters = await runOver(redactor, ring, calls.get(redactor));
      return characters / Math.max(now() - start, 1);
    },
  };
}

/** `calls` calls, round and round the ring; gives the characters that went through. */
async function runOver({ run, async }, ring, calls) {
  let characters = 0;
  for (let i = 0; i < calls; i++) {
    const text = ring[i % ring.length];
    const result = async ? await run(text) : run(text);
    sink = (sink + (typeof result === 'string' ? result.length : result)) | 0;
    characters += text.length;
  }
  return characters;
}
