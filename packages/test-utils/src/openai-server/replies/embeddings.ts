import { asNumber } from '../../json.js';
import { json, type Reply, type RouteRequest } from '../reply.js';
import { INPUT_TOKENS } from '../usage.js';

const DEFAULT_DIMENSIONS = 8;

/** Answers `POST /embeddings`: one vector per input, as numbers or as base64 of 32-bit floats. */
export function embeddings({ params, scenario, model }: RouteRequest): Reply {
  const input: unknown[] =
    Array.isArray(params['input']) && typeof params['input'][0] !== 'number' ? params['input'] : [params['input']];
  const dimensions = asNumber(params['dimensions'], DEFAULT_DIMENSIONS);
  const data = input.map((_, index) => ({
    object: 'embedding',
    index,
    embedding: params['encoding_format'] === 'base64' ? toBase64(vector(index, dimensions)) : vector(index, dimensions),
  }));
  const usage = scenario.has('no-usage') ? {} : { usage: { prompt_tokens: INPUT_TOKENS, total_tokens: INPUT_TOKENS } };
  return json({ object: 'list', data, model, ...usage });
}

/** Numbers that 32-bit floats hold exactly, so both encodings give the same vector. */
function vector(seed: number, dimensions: number): number[] {
  return Array.from({ length: dimensions }, (_, position) => ((seed + position) % 8) / 8 - 0.5);
}

function toBase64(numbers: readonly number[]): string {
  return Buffer.from(Float32Array.from(numbers).buffer).toString('base64');
}
