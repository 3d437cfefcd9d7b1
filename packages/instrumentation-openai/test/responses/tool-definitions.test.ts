import { validateToolDefinitions } from '@genspan/semconv';
import { toolDefinitions } from '../../src/responses/tool-definitions';

function translated(tools: unknown): unknown {
  const json = JSON.stringify(toolDefinitions(tools));
  expect(validateToolDefinitions(json)).toEqual([]);
  return JSON.parse(json) as unknown;
}

describe('toolDefinitions', () => {
  it('translates functions, custom tools and the tools of the API', () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } };
    const tools = [
      { type: 'function', name: 'get_weather', description: 'Tells the weather.', parameters, strict: true },
      { type: 'custom', name: 'run_sql', format: { type: 'text' } },
      { type: 'web_search', search_context_size: 'low' },
      { type: 'file_search', vector_store_ids: ['vs_1'] },
      { type: 'mcp', server_label: 'deepwiki', server_url: 'https://mcp.example.com' },
    ];
    expect(translated(tools)).toEqual([
      { type: 'function', name: 'get_weather', description: 'Tells the weather.', parameters },
      { type: 'custom', name: 'run_sql', format: { type: 'text' } },
      { type: 'web_search', name: 'web_search', search_context_size: 'low' },
      { type: 'file_search', name: 'file_search', vector_store_ids: ['vs_1'] },
      { type: 'mcp', name: 'deepwiki', server_label: 'deepwiki', server_url: 'https://mcp.example.com' },
    ]);
  });

  it('keeps no credentials of MCP servers and containers, and leaves the request as it was', () => {
    const secret = ['planted', 'secret'].join('-');
    const policy = {
      type: 'allowlist',
      allowed_domains: ['example.com'],
      domain_secrets: [{ domain: 'example.com', name: 'key', value: secret }],
    };
    const tools = [
      { type: 'mcp', server_label: 'wiki', authorization: secret, headers: { 'x-key': secret } },
      { type: 'code_interpreter', container: { type: 'auto', network_policy: policy } },
      { type: 'shell', environment: { type: 'container_auto', network_policy: policy } },
    ];
    const before = structuredClone(tools);
    const definitions = translated(tools);
    expect(JSON.stringify(definitions)).not.toContain(secret);
    expect(JSON.stringify(definitions)).toContain('allowed_domains');
    expect(tools).toEqual(before);
  });

  it('leaves out what has no name or type', () => {
    expect(translated([null, 1, {}, { type: '' }, { type: 'function', name: '' }, { type: 'function' }])).toEqual([]);
    expect(translated(undefined)).toEqual([]);
  });
});
