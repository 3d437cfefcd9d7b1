import { validateToolDefinitions } from '@genspan/semconv';
import { readOpenAITools, writeOpenAITools } from '../../src/shapes/openai-tools.js';

const PARAMETERS = { type: 'object', properties: { city: { type: 'string' } } };

describe('readOpenAITools', () => {
  it('brings the fields of a function to the top and keeps all that is said of it', () => {
    const problems: string[] = [];
    const tools = readOpenAITools(
      [
        {
          type: 'function',
          function: { name: 'weather', description: 'Weather', parameters: PARAMETERS, strict: true },
        },
        { type: 'function', name: 'flat', parameters: PARAMETERS },
        { name: 'anthropic', input_schema: PARAMETERS },
        { type: 'web_search', filters: {} },
        { type: 'custom', custom: { name: 'run', format: { type: 'text' } } },
      ],
      (reason) => problems.push(reason),
    );
    expect(tools).toEqual([
      { type: 'function', name: 'weather', description: 'Weather', parameters: PARAMETERS, strict: true },
      { type: 'function', name: 'flat', parameters: PARAMETERS },
      { type: 'function', name: 'anthropic', parameters: PARAMETERS },
      { type: 'web_search', name: 'web_search', filters: {} },
      { type: 'custom', name: 'run', custom: { name: 'run', format: { type: 'text' } } },
    ]);
    expect(validateToolDefinitions(tools)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('leaves the credentials of an MCP server out, and says so', () => {
    const problems: string[] = [];
    const tools = readOpenAITools([{ type: 'mcp', server_label: 'docs', headers: { Authorization: 'x' } }], (reason) =>
      problems.push(reason),
    );
    expect(tools).toEqual([{ type: 'mcp', name: 'docs', server_label: 'docs' }]);
    expect(problems).toEqual(['the credentials of a tool are left out']);
  });

  it('takes nothing that is no tool', () => {
    for (const value of [undefined, 'x', 3, [], {}, [null], [{ type: 'function' }], [{ type: 'function', name: '' }]]) {
      expect(readOpenAITools(value, () => undefined)).toBeUndefined();
    }
  });
});

describe('writeOpenAITools', () => {
  it('nests functions, and only these', () => {
    const tools = [
      { type: 'function', name: 'weather', parameters: PARAMETERS, strict: true },
      { type: 'web_search', name: 'web_search' },
    ];
    const written = writeOpenAITools(tools);
    expect(written).toEqual([
      { type: 'function', function: { name: 'weather', parameters: PARAMETERS, strict: true } },
      { type: 'web_search', name: 'web_search' },
    ]);
    expect(readOpenAITools(written, () => undefined)).toEqual(tools);
  });
});
