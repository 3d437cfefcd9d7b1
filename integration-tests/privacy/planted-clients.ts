import { MODEL } from './planted-requests.js';
import type { PlannedCall, PlannedClient } from './plan.js';
import type { SecretField, SecretShape } from './planted-secrets.js';

/** Clients with a secret in every option, and a call of each. */
export interface PlantedClients {
  readonly clients: Readonly<Record<string, PlannedClient>>;
  readonly calls: readonly PlannedCall[];
}

/**
 * Clients that are told secrets: keys, organisation, headers, and a base URL with credentials, path and query.
 *
 * @param url - of the server: `http://127.0.0.1:PORT`
 */
export function plantedClients(url: string, secrets: SecretField): PlantedClients {
  const plant = (place: string, shape: SecretShape = 'key'): string => secrets.at(`client.${place}`, shape);
  const inUrl = (place: string): string => encodeURIComponent(plant(`baseURL.${place}`, 'text'));
  const common = {
    apiKey: plant('apiKey'),
    organization: plant('organization'),
    project: plant('project'),
    webhookSecret: plant('webhookSecret'),
    defaultHeaders: { [`x-${plant('defaultHeaders.{key}', 'word')}`]: plant('defaultHeaders.{value}') },
    defaultQuery: { [plant('defaultQuery.{key}', 'text')]: plant('defaultQuery.{value}', 'text') },
    maxRetries: 0,
    // The client itself would write broken responses to the application's output.
    logLevel: 'off',
  };
  const withUserInfo = url.replace('://', `://${inUrl('username')}:${inUrl('password')}@`);
  const baseURLs = {
    plain: `${url}/v1`,
    'base URL with a path': `${url}/${inUrl('path')}/v1`,
    'base URL with a query': `${url}/v1?${inUrl('query.{key}')}=${inUrl('query.{value}')}`,
    'base URL with a fragment': `${url}/v1#${inUrl('fragment')}`,
    // A URL that no request can be made of: the error says so, and repeats it.
    'base URL with credentials': `${withUserInfo}/v1`,
    'base URL that is none': plant('baseURL that is none', 'text'),
    'base URL where nobody listens': `http://127.0.0.1:9/${inUrl('path of nobody')}`,
  };
  const azure = {
    apiKey: plant('azure.apiKey'),
    endpoint: `${url}/`,
    apiVersion: plant('azure.apiVersion', 'text'),
    deployment: MODEL,
    maxRetries: 0,
    logLevel: 'off',
  };
  const clients: Record<string, PlannedClient> = { azure: { class: 'AzureOpenAI', options: azure } };
  for (const [name, baseURL] of Object.entries(baseURLs)) {
    clients[name] = { class: 'OpenAI', options: { ...common, baseURL } };
  }
  const calls = Object.keys(clients).flatMap((client) => [
    { client, resource: ['chat', 'completions'], method: 'create', args: [{ model: MODEL, messages: [] }] },
    { client, resource: ['embeddings'], method: 'create', args: [{ model: MODEL, input: 'hello' }] },
  ]);
  return { clients, calls };
}
