import {
  GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK,
  GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE,
  GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI,
  GEN_AI_PROVIDER_NAME_VALUE_GCP_GEMINI,
  GEN_AI_PROVIDER_NAME_VALUE_GCP_GEN_AI,
  GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI,
  GEN_AI_PROVIDER_NAME_VALUE_MISTRAL_AI,
  GEN_AI_PROVIDER_NAME_VALUE_MOONSHOT_AI,
  GEN_AI_PROVIDER_NAME_VALUE_X_AI,
  GENSPAN_PROVIDER_NAME_VALUE_FIREWORKS_AI,
  GENSPAN_PROVIDER_NAME_VALUE_TOGETHER_AI,
} from '@genspan/semconv';

/** Names of providers before they were renamed, OpenTelemetry conventions 1.33, 1.36 and 1.37. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['vertex_ai', GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI],
  ['gemini', GEN_AI_PROVIDER_NAME_VALUE_GCP_GEMINI],
  ['az.ai.inference', GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE],
  ['az.ai.openai', GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI],
  ['xai', GEN_AI_PROVIDER_NAME_VALUE_X_AI],
]);

/** Ids of the table's providers where they are called otherwise than in the conventions. */
const TABLE_IDS: ReadonlyMap<string, string> = new Map([
  [GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI, 'azure'],
  [GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE, 'azure'],
  [GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK, 'aws'],
  [GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI, 'google'],
  [GEN_AI_PROVIDER_NAME_VALUE_GCP_GEMINI, 'google'],
  [GEN_AI_PROVIDER_NAME_VALUE_GCP_GEN_AI, 'google'],
  [GEN_AI_PROVIDER_NAME_VALUE_X_AI, 'x-ai'],
  [GEN_AI_PROVIDER_NAME_VALUE_MISTRAL_AI, 'mistral'],
  [GEN_AI_PROVIDER_NAME_VALUE_MOONSHOT_AI, 'moonshotai'],
  [GENSPAN_PROVIDER_NAME_VALUE_TOGETHER_AI, 'together'],
  [GENSPAN_PROVIDER_NAME_VALUE_FIREWORKS_AI, 'fireworks'],
]);

/** Families of models that their makers alone give out, so that the name tells who is paid. Open models run anywhere. */
const MAKERS: readonly (readonly [RegExp, string])[] = [
  [/^(?:gpt-(?!oss|neo|j)|chatgpt-|o[134](?:-|$)|text-embedding-(?:3|ada)|ft:gpt-)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^gemini-/, 'google'],
];

/** A provider by its current name. */
export function currentProviderName(name: string): string {
  const lowerCase = name.trim().toLowerCase();
  return RENAMED.get(lowerCase) ?? lowerCase;
}

/** The id that a provider would have in the table. */
export function tableProviderOf(provider: string): string {
  return TABLE_IDS.get(provider) ?? provider;
}

/** The id of the provider that a model is from when the span names none; `undefined` when its name does not tell. */
export function providerOfModel(model: string): string | undefined {
  const lowerCase = model.toLowerCase();
  return MAKERS.find(([pattern]) => pattern.test(lowerCase))?.[1];
}
