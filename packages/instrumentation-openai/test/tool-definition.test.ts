import { validateToolDefinitions } from '@genspan/semconv';
import fc from 'fast-check';
import { toolDefinition } from '../src/tool-definition.js';
import { arbitraryJson } from './arbitrary-json.js';
import { deepFrozen } from './recorded-content.js';

const PARAMETERS = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

describe('toolDefinition', () => {
  it.each([
    [
      { type: 'function', function: { name: 'f', description: 'F.', parameters: PARAMETERS, strict: true } },
      { type: 'function', name: 'f', description: 'F.', parameters: PARAMETERS },
    ],
    [
      { type: 'function', name: 'f', parameters: PARAMETERS, strict: false },
      { type: 'function', name: 'f', parameters: PARAMETERS },
    ],
    [
      { type: 'function', function: { name: 'f' } },
      { type: 'function', name: 'f' },
    ],
    [
      { type: 'custom', custom: { name: 'sql', format: { type: 'text' } } },
      { type: 'custom', name: 'sql', custom: { name: 'sql', format: { type: 'text' } } },
    ],
    [
      { type: 'web_search', search_context_size: 'low' },
      { type: 'web_search', name: 'web_search', search_context_size: 'low' },
    ],
    [
      { type: 'mcp', server_label: 'deepwiki', server_url: 'https://example.com/mcp' },
      { type: 'mcp', name: 'deepwiki', server_label: 'deepwiki', server_url: 'https://example.com/mcp' },
    ],
  ])('translates %j', (tool, expected) => {
    const definition = toolDefinition(deepFrozen(tool));
    expect(definition).toEqual(expected);
    expect(validateToolDefinitions([definition])).toEqual([]);
  });

  it('leaves the credentials of an MCP server out', () => {
    const secret = ['sk', 'test', 'x'.repeat(20)].join('-');
    const headers = { 'x-api-key': secret };
    const tool = { type: 'mcp', server_label: 'wiki', headers, authorization: secret };
    expect(JSON.stringify(toolDefinition(tool))).not.toContain(secret);
    expect(tool.authorization).toBe(secret);
  });

  it.each([
    null,
    7,
    'web_search',
    {},
    { type: '' },
    { type: 'function' },
    { type: 'function', function: { name: '' } },
  ])('makes no definition of %j', (tool) => {
    expect(toolDefinition(tool)).toBeUndefined();
  });

  it('makes a valid definition of any JSON, its schema aside', () => {
    const json = arbitraryJson(['type', 'name', 'function', 'custom', 'description', 'server_label', 'headers']);
    fc.assert(
      fc.property(json, (tool) => {
        const definition = toolDefinition(deepFrozen(tool));
        if (definition !== undefined) expect(validateToolDefinitions(JSON.stringify([definition]))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not take a list for a schema', () => {
    expect(toolDefinition({ type: 'function', name: 'f', parameters: [] })).toEqual({ type: 'function', name: 'f' });
  });
});
