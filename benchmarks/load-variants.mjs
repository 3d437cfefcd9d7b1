// Makes the variants ready to be called: own copy of the client, own providers, own canned server.

import { cannedFetch } from './canned-fetch.mjs';
import { requireCopies } from './package-copies.mjs';
import { createTelemetry } from './telemetry.mjs';

/** In the order of the table. */
export const VARIANTS = [
  'bare',
  'hand-written',
  'hand-written-with-metrics',
  'genspan',
  'genspan-events',
  'genspan-span-only',
  'genspan-no-content',
  'contrib',
  'traceloop',
  'openlit',
  'langfuse',
  'arize',
  'braintrust',
];

/**
 * @param ids - file names in variants/
 * @returns for each `{ id, name, call, answer, flush, collectMetrics, recorded, telemetry }`, or `{ id, name, missing: true }`
 */
export async function loadVariants(ids) {
  const prepared = [];
  for (const id of ids) {
    const variant = await import(`./variants/${id}.mjs`);
    // Most peers patch the client's prototypes, so each variant gets its own client.
    const require = requireCopies(id, ['openai', ...(variant.genspan ? ['@genspan/instrumentation-openai'] : [])]);
    prepared.push({ id, variant, require });
  }
  // All clients are loaded before the first instrumentation is made: its require hook would patch the later copies too.
  for (const entry of prepared) entry.openai = entry.require('openai');
  const loaded = [];
  for (const entry of prepared) loaded.push(await start(entry));
  return loaded;
}

async function start({ id, variant, require, openai }) {
  const telemetry = createTelemetry();
  const { fetch, answer } = cannedFetch();
  const client = new openai.OpenAI({ apiKey: 'none', fetch });
  const created = await variant.create({ openai, client, telemetry, require });
  if (created === undefined) return { id, name: variant.name, missing: true };
  return {
    id,
    name: variant.name,
    answer,
    telemetry,
    call: created.call,
    flush: created.flush ?? telemetry.flush,
    collectMetrics: () => telemetry.reader.collect(),
    recorded: created.recorded ?? (() => telemetry.exporter.spans),
  };
}
