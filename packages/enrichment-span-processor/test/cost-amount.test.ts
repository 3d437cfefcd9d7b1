import { calcPrice, waitForUpdate, type ModelInfo, type Provider } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { costAt } from '../src/cost-amount.js';
import { sheetAt } from '../src/price-schedule.js';
import { scheduleOf } from '../src/price-table-sheet.js';

/** Parts of which usage is put together, so that no part is more than its whole. */
const parts = fc.record({
  plain: fc.nat(400_000),
  write: fc.nat(1000),
  read: fc.nat(300_000),
  audio: fc.nat(1000),
  image: fc.nat(1000),
  readAudio: fc.nat(1000),
  readImage: fc.nat(1000),
  out: fc.nat(10_000),
  reasoning: fc.nat(10_000),
  outAudio: fc.nat(1000),
  outImage: fc.nat(1000),
  startMillis: fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) }),
});

function usageOf(of: Record<string, number>): Record<string, number> {
  const sum = (...keys: string[]) => keys.reduce((total, key) => total + (of[key] ?? 0), 0);
  return {
    input_tokens: sum('plain', 'write', 'read', 'audio', 'image', 'readAudio', 'readImage'),
    output_tokens: sum('out', 'reasoning', 'outAudio', 'outImage'),
    cache_read_tokens: sum('read', 'readAudio', 'readImage'),
    cache_write_tokens: sum('write'),
    output_reasoning_tokens: sum('reasoning'),
    input_audio_tokens: sum('audio', 'readAudio'),
    input_image_tokens: sum('image', 'readImage'),
    cache_audio_read_tokens: sum('readAudio'),
    cache_image_read_tokens: sum('readImage'),
    output_audio_tokens: sum('outAudio'),
    output_image_tokens: sum('outImage'),
  };
}

/** The attribute of each count of the library's. */
const ATTRIBUTES: Record<string, string> = {
  input_tokens: 'gen_ai.usage.input_tokens',
  output_tokens: 'gen_ai.usage.output_tokens',
  cache_read_tokens: 'gen_ai.usage.cache_read.input_tokens',
  cache_write_tokens: 'gen_ai.usage.cache_write.input_tokens',
  output_reasoning_tokens: 'gen_ai.usage.reasoning.output_tokens',
  input_audio_tokens: 'gen_ai.usage.audio.input_tokens',
  input_image_tokens: 'gen_ai.usage.image.input_tokens',
  cache_audio_read_tokens: 'gen_ai.usage.audio.cache_read.input_tokens',
  cache_image_read_tokens: 'gen_ai.usage.image.cache_read.input_tokens',
  output_audio_tokens: 'gen_ai.usage.audio.output_tokens',
  output_image_tokens: 'gen_ai.usage.image.output_tokens',
};

/** `expect` would take ten times as long as what it checks. */
function isClose(actual = 0, expected = 0): boolean {
  return Math.abs(actual - expected) <= 1e-12 * expected;
}

/** The amount by the library the table is from. */
function oracle(provider: Provider, model: ModelInfo, usage: Record<string, number>, startMillis: number) {
  const alone = { ...provider, models: [{ ...model, match: { equals: 'model' } }] };
  return calcPrice(usage, 'model', { provider: alone, timestamp: new Date(startMillis) });
}

test('every model of the table costs what its own library says, whatever the usage and the time', async () => {
  const providers = (await waitForUpdate()) ?? [];
  const models = providers.flatMap((provider) => provider.models.map((model) => ({ provider, model })));
  expect(models.length).toBeGreaterThan(1500);
  let priced = 0;
  for (const { provider, model } of models) {
    const schedule = scheduleOf(model, false);
    fc.assert(
      fc.property(parts, ({ startMillis, ...of }) => {
        const usage = usageOf(of);
        const attributes: Record<string, unknown> = {};
        for (const [key, value] of Object.entries(usage)) attributes[ATTRIBUTES[key] ?? key] = value;
        const sheet = sheetAt(schedule, startMillis);
        const cost = sheet === undefined ? undefined : costAt(sheet, attributes);
        if (cost === undefined) return;
        priced++;
        const expected = oracle(provider, model, usage, startMillis);
        const isEqual =
          isClose(cost.total, expected?.total_price) &&
          isClose(cost.input, expected?.input_price) &&
          isClose(cost.output, expected?.output_price);
        if (!isEqual) throw new Error(`${provider.id} ${model.id}: ${JSON.stringify([usage, cost, expected])}`);
      }),
      { numRuns: 8 },
    );
  }
  // Those that cannot be priced are embeddings with output, and models that are sold otherwise or have no price.
  expect(priced / 8).toBeGreaterThan(1400);
});

test('parts are charged as reported where they are more than their whole, and nothing is less than 0', () => {
  const price = fc.double({ min: 0, max: 100, noNaN: true });
  const sheet = fc.record({ input: price, output: price, cacheRead: price, cacheWrite: price, reasoning: price });
  const count = fc.option(fc.nat(10_000), { nil: undefined });
  fc.assert(
    fc.property(
      sheet,
      fc.nat(1000),
      fc.nat(1000),
      count,
      count,
      count,
      (prices, input, output, read, write, reason) => {
        const cost = costAt(prices, {
          'gen_ai.usage.input_tokens': input,
          'gen_ai.usage.output_tokens': output,
          'gen_ai.usage.cache_read.input_tokens': read,
          'gen_ai.usage.cache_write.input_tokens': write,
          'gen_ai.usage.reasoning.output_tokens': reason,
        });
        const { total = -1, input: ofInput = -1, output: ofOutput = -1 } = cost ?? {};
        const cached = (cost?.cacheRead ?? 0) + (cost?.cacheWrite ?? 0);
        expect(ofInput).toBeGreaterThanOrEqual(cached * (1 - 1e-12));
        expect(ofOutput).toBeGreaterThanOrEqual((cost?.reasoning ?? 0) * (1 - 1e-12));
        expect(total).toBeCloseTo(ofInput + ofOutput, 12);
        expect(cost?.cacheRead).toBe(read === undefined ? undefined : (read * prices.cacheRead) / 1e6);
      },
    ),
  );
});
