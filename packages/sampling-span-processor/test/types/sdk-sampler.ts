// Compiled, never run: fails `npm run typecheck` when the SDK's samplers and ours drift apart. It imports only
// `@opentelemetry/sdk-trace`, the name both SDK lines share, so the same file is compiled against 3.x in its own folder.
import { createAlwaysRecordSampler, ParentBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Sampler, SamplingDecision, SamplingResult } from '@opentelemetry/sdk-trace';
import { GenAISampler } from '../../src/genai-sampler.js';
import { NOT_RECORD, RECORD, RECORD_AND_SAMPLED } from '../../src/sampler-like.js';
import type { SamplingResultLike } from '../../src/sampler-like.js';

declare const ourResult: SamplingResultLike;

// Ours goes where the SDK's is asked for …
export const ourSamplerAsSdks: Sampler = new GenAISampler({ rate: 0.1 });
export const ourResultAsSdks: SamplingResult = ourResult;
export const provider = new TracerProvider({ sampler: new GenAISampler() });
export const wrapped = createAlwaysRecordSampler(new ParentBasedSampler({ root: new GenAISampler() }));

// … and our numbers are the SDK's.
export const decisions: [SamplingDecision.NOT_RECORD, SamplingDecision.RECORD, SamplingDecision.RECORD_AND_SAMPLED] = [
  NOT_RECORD,
  RECORD,
  RECORD_AND_SAMPLED,
];
