import {
  GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI,
  GEN_AI_PROVIDER_NAME_VALUE_ANTHROPIC,
  GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK,
  GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE,
  GEN_AI_PROVIDER_NAME_VALUE_COHERE,
  GEN_AI_PROVIDER_NAME_VALUE_DEEPSEEK,
  GEN_AI_PROVIDER_NAME_VALUE_GCP_GEMINI,
  GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI,
  GEN_AI_PROVIDER_NAME_VALUE_GROQ,
  GEN_AI_PROVIDER_NAME_VALUE_MISTRAL_AI,
  GEN_AI_PROVIDER_NAME_VALUE_MOONSHOT_AI,
  GEN_AI_PROVIDER_NAME_VALUE_OPENAI,
  GEN_AI_PROVIDER_NAME_VALUE_PERPLEXITY,
  GEN_AI_PROVIDER_NAME_VALUE_X_AI,
  GENSPAN_PROVIDER_NAME_VALUE_CEREBRAS,
  GENSPAN_PROVIDER_NAME_VALUE_FIREWORKS_AI,
  GENSPAN_PROVIDER_NAME_VALUE_GITHUB_MODELS,
  GENSPAN_PROVIDER_NAME_VALUE_HUGGINGFACE,
  GENSPAN_PROVIDER_NAME_VALUE_LM_STUDIO,
  GENSPAN_PROVIDER_NAME_VALUE_NVIDIA_NIM,
  GENSPAN_PROVIDER_NAME_VALUE_OLLAMA,
  GENSPAN_PROVIDER_NAME_VALUE_OPENROUTER,
  GENSPAN_PROVIDER_NAME_VALUE_TOGETHER_AI,
  GENSPAN_PROVIDER_NAME_VALUE_VLLM,
} from '@genspan/semconv';
import { fields, text } from './untyped.js';

/** Whom a client talks to. */
export interface Endpoint {
  /** `gen_ai.provider.name`. */
  readonly providerName: string;
  readonly serverAddress?: string | undefined;
  readonly serverPort?: number | undefined;
}

/** Providers by the end of their host name. The base URLs are those of the providers' own documentation. */
const BY_HOST_SUFFIX: Readonly<Record<string, string>> = {
  'openai.com': GEN_AI_PROVIDER_NAME_VALUE_OPENAI,
  'openai.azure.com': GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI,
  'cognitiveservices.azure.com': GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI,
  'services.ai.azure.com': GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE,
  'models.ai.azure.com': GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_INFERENCE,
  'deepseek.com': GEN_AI_PROVIDER_NAME_VALUE_DEEPSEEK,
  'groq.com': GEN_AI_PROVIDER_NAME_VALUE_GROQ,
  'x.ai': GEN_AI_PROVIDER_NAME_VALUE_X_AI,
  'mistral.ai': GEN_AI_PROVIDER_NAME_VALUE_MISTRAL_AI,
  'perplexity.ai': GEN_AI_PROVIDER_NAME_VALUE_PERPLEXITY,
  'anthropic.com': GEN_AI_PROVIDER_NAME_VALUE_ANTHROPIC,
  'cohere.ai': GEN_AI_PROVIDER_NAME_VALUE_COHERE,
  'cohere.com': GEN_AI_PROVIDER_NAME_VALUE_COHERE,
  'moonshot.ai': GEN_AI_PROVIDER_NAME_VALUE_MOONSHOT_AI,
  'moonshot.cn': GEN_AI_PROVIDER_NAME_VALUE_MOONSHOT_AI,
  'generativelanguage.googleapis.com': GEN_AI_PROVIDER_NAME_VALUE_GCP_GEMINI,
  'openrouter.ai': GENSPAN_PROVIDER_NAME_VALUE_OPENROUTER,
  'together.xyz': GENSPAN_PROVIDER_NAME_VALUE_TOGETHER_AI,
  'together.ai': GENSPAN_PROVIDER_NAME_VALUE_TOGETHER_AI,
  'fireworks.ai': GENSPAN_PROVIDER_NAME_VALUE_FIREWORKS_AI,
  'cerebras.ai': GENSPAN_PROVIDER_NAME_VALUE_CEREBRAS,
  'integrate.api.nvidia.com': GENSPAN_PROVIDER_NAME_VALUE_NVIDIA_NIM,
  'huggingface.co': GENSPAN_PROVIDER_NAME_VALUE_HUGGINGFACE,
  'models.github.ai': GENSPAN_PROVIDER_NAME_VALUE_GITHUB_MODELS,
  'models.inference.ai.azure.com': GENSPAN_PROVIDER_NAME_VALUE_GITHUB_MODELS,
};

/** Hosts that a suffix does not tell: regions are joined by a hyphen, and other services have the same suffix. */
const BY_HOST_PATTERN: readonly (readonly [RegExp, string])[] = [
  [/(?:^|-)aiplatform\.googleapis\.com$/, GEN_AI_PROVIDER_NAME_VALUE_GCP_VERTEX_AI],
  [/^bedrock[a-z-]*\.[a-z0-9-]+\.(?:amazonaws\.com|api\.aws)$/, GEN_AI_PROVIDER_NAME_VALUE_AWS_BEDROCK],
];

/** Hosts of one's own: loopback and private addresses, names without a dot, and names of local networks. */
const PRIVATE_HOST =
  /^(?:[^.]+|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|.*\.(?:local|internal|localhost)|\[?[0-9a-f:]+\]?)$/i;

/** Servers that people run themselves are known by their default port only, on hosts of their own. */
const BY_PORT: Readonly<Record<number, string>> = {
  11434: GENSPAN_PROVIDER_NAME_VALUE_OLLAMA,
  1234: GENSPAN_PROVIDER_NAME_VALUE_LM_STUDIO,
  8000: GENSPAN_PROVIDER_NAME_VALUE_VLLM,
};

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

/** A client's endpoint, as long as its base URL stays the same: parsing a URL costs as much as starting a span. */
const known = new WeakMap<object, { readonly baseURL: unknown; readonly endpoint: Endpoint }>();

/**
 * Tells whom a client talks to from its class and base URL.
 *
 * An unknown host is `openai`: the API is OpenAI's, and a proxy in front of it is the likeliest reason.
 */
export function endpointOf(client: unknown): Endpoint {
  const { baseURL } = fields(client);
  if (typeof client !== 'object' || client === null) return readEndpoint(client);
  const cached = known.get(client);
  if (cached !== undefined && cached.baseURL === baseURL) return cached.endpoint;
  const endpoint = readEndpoint(client);
  known.set(client, { baseURL, endpoint });
  return endpoint;
}

function readEndpoint(client: unknown): Endpoint {
  const { baseURL, deploymentName, apiVersion } = fields(client);
  // Only the Azure client has an API version; its base URL may be a gateway of the user's own.
  const isAzureClient = text(apiVersion) !== undefined || text(deploymentName) !== undefined;
  const url = parseUrl(text(baseURL));
  if (url === undefined) {
    return {
      providerName: isAzureClient ? GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI : GEN_AI_PROVIDER_NAME_VALUE_OPENAI,
    };
  }
  const serverAddress = url.hostname.replace(/^\[|\]$/g, '');
  const serverPort = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port);
  const providerName = isAzureClient
    ? GEN_AI_PROVIDER_NAME_VALUE_AZURE_AI_OPENAI
    : (providerOfHost(serverAddress) ?? providerOfPort(serverAddress, url.port) ?? GEN_AI_PROVIDER_NAME_VALUE_OPENAI);
  return { providerName, serverAddress, serverPort };
}

function providerOfHost(host: string): string | undefined {
  // The longest known suffix wins: models.inference.ai.azure.com before ai.azure.com.
  for (let suffix = host; suffix !== '';) {
    if (Object.hasOwn(BY_HOST_SUFFIX, suffix)) return BY_HOST_SUFFIX[suffix];
    const dot = suffix.indexOf('.');
    if (dot < 0) break;
    suffix = suffix.slice(dot + 1);
  }
  return BY_HOST_PATTERN.find(([pattern]) => pattern.test(host))?.[1];
}

function providerOfPort(host: string, port: string): string | undefined {
  return port !== '' && PRIVATE_HOST.test(host) ? BY_PORT[Number(port)] : undefined;
}

function parseUrl(value: string | undefined): URL | undefined {
  if (value === undefined) return undefined;
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}
