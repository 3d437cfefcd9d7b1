import type { ToolDefinition } from '@genspan/semconv';
import { toolDefinition } from '../tool-definition.js';
import { fields, list, type Fields } from '../untyped.js';

/** Translates the tools of a request, of a fetched response or of an item that brings more of them. */
export function toolDefinitions(tools: unknown): ToolDefinition[] {
  return list(tools).flatMap((tool) => {
    const definition = toolDefinition(tool);
    // A tool without a name or a type is not one that the conventions can hold.
    if (definition === undefined || definition.name === '' || definition.type === '') return [];
    return [withoutSecrets(definition)];
  });
}

/** Where tools run in a container, its network policy can hold keys for the hosts that it may reach. */
function withoutSecrets(definition: ToolDefinition): ToolDefinition {
  const { container, environment } = fields(definition);
  let clean = definition;
  if (hasSecrets(container)) clean = { ...clean, container: withoutDomainSecrets(container) };
  if (hasSecrets(environment)) clean = { ...clean, environment: withoutDomainSecrets(environment) };
  return clean;
}

function hasSecrets(container: unknown): boolean {
  return 'domain_secrets' in fields(fields(container)['network_policy']);
}

function withoutDomainSecrets(container: unknown): Fields {
  const { domain_secrets: _secrets, ...policy } = fields(fields(container)['network_policy']);
  return { ...fields(container), network_policy: policy };
}
