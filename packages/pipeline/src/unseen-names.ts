import { diag } from '@opentelemetry/api';
import type { ParsedSpanPipelineOptions } from './span-pipeline-options.js';

/**
 * Says when rules of the sampler would look for names that mapping has taken away before: they read the GenAI conventions, and
 * a rule that matches nothing drops in silence what it was to keep.
 */
export function warnOfUnseenNames({ order, sampling, mapping }: ParsedSpanPipelineOptions): void {
  if (order !== 'safety' || sampling === false || mapping === false || mapping.mode !== 'replace') return;
  const targets: readonly string[] = typeof mapping.to === 'string' ? [mapping.to] : mapping.to;
  if ((sampling.rules ?? []).length === 0 || targets.includes('genai')) return;
  diag.warn(
    'Sampling rules come after `mapping` with the mode `replace` and do not see the GenAI attributes that it replaces: ' +
      'tokens, finish reasons, models. Use the mode `add`, the order `efficiency`, or name `genai` among the dialects.',
  );
}
