import { wordListType, wordType } from '../variable-type.js';
import { variable } from '../variable.js';

/** The dialects of `GenAIMappingSpanProcessor`. */
export const DIALECTS = [
  'genai',
  'genai-1.41',
  'genai-1.36',
  'genai-1.30',
  'genai-1.27',
  'openinference',
  'openllmetry',
  'vercel',
  'langfuse',
  'braintrust',
] as const;

/** Between which dialects of attributes GenAI spans are translated. Options and defaults are those of `GenAIMappingSpanProcessor`. */
export const MAPPING_VARIABLES = {
  to: variable({
    name: 'OTEL_GENSPAN_MAPPING_TO',
    type: wordListType(DIALECTS),
    default: [],
    description: 'Dialects that GenAI spans are written in: `openinference,langfuse`. None: spans stay as they are.',
  }),
  from: variable({
    name: 'OTEL_GENSPAN_MAPPING_FROM',
    type: wordType(['auto', ...DIALECTS] as const),
    default: 'auto',
    description: 'The dialect that is read; `auto`: all that a span speaks.',
  }),
  mode: variable({
    name: 'OTEL_GENSPAN_MAPPING_MODE',
    type: wordType(['add', 'replace'] as const),
    default: 'add',
    description: 'Whether translated attributes come beside the ones they are made of, or in their place.',
  }),
};
