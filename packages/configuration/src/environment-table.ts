import { CONSOLE_TREE_VARIABLES } from './variables/console-tree.js';
import { ENRICHMENT_VARIABLES } from './variables/enrichment.js';
import { EXPORT_VARIABLES } from './variables/export.js';
import { GENAI_VARIABLES } from './variables/genai.js';
import { INSTRUMENTATIONS_VARIABLES } from './variables/instrumentations.js';
import { JSONL_VARIABLES } from './variables/jsonl.js';
import { LOGS_VARIABLES } from './variables/logs.js';
import { MAPPING_VARIABLES } from './variables/mapping.js';
import { OTLP_TRACES_VARIABLES } from './variables/otlp-traces.js';
import { PIPELINE_VARIABLES } from './variables/pipeline.js';
import { REDACTION_VARIABLES } from './variables/redaction.js';
import { SAMPLING_VARIABLES } from './variables/sampling.js';
import { SDK_VARIABLES } from './variables/sdk.js';
import { TRACES_VARIABLES } from './variables/traces.js';
import type { Variable } from './variable.js';

/**
 * The table of environment variables. A row's place is the option's path in the model: `traces.exporters`. A new stage
 * adds one file of rows and one line here; the model's type follows.
 */
export const ENVIRONMENT_TABLE = {
  sdk: SDK_VARIABLES,
  traces: TRACES_VARIABLES,
  export: EXPORT_VARIABLES,
  otlpTraces: OTLP_TRACES_VARIABLES,
  logs: LOGS_VARIABLES,
  jsonl: JSONL_VARIABLES,
  consoleTree: CONSOLE_TREE_VARIABLES,
  pipeline: PIPELINE_VARIABLES,
  enrichment: ENRICHMENT_VARIABLES,
  mapping: MAPPING_VARIABLES,
  redaction: REDACTION_VARIABLES,
  sampling: SAMPLING_VARIABLES,
  genai: GENAI_VARIABLES,
  instrumentations: INSTRUMENTATIONS_VARIABLES,
};

/** The table's rows with their option paths, in the order of the table. */
export function environmentRows(): { readonly option: string; readonly variable: Variable<unknown> }[] {
  return Object.entries(ENVIRONMENT_TABLE).flatMap(([section, rows]) =>
    Object.entries<Variable<unknown>>(rows).map(([option, variable]) => ({ option: `${section}.${option}`, variable })),
  );
}
