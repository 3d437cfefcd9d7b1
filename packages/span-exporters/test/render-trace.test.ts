import fc from 'fast-check';
import { SpanStatusCode } from '@opentelemetry/api';
import { createConsoleTheme } from '../src/console-theme.js';
import { renderTrace } from '../src/render-trace.js';
import type { RenderOptions } from '../src/render-trace.js';
import { textWidth } from '../src/text-width.js';
import type { SpanSpec } from './real-spans.js';
import { realSpans } from './real-spans.js';

const T = 1_700_000_000_000;
const at = (from: number, to: number) => ({ startMillis: T + from, endMillis: T + to });

function rendered(
  spec: SpanSpec,
  options: Partial<RenderOptions> = {},
  kind: 'complete' | 'late' | 'incomplete' = 'complete',
) {
  const all = {
    theme: createConsoleTheme(false),
    verbose: false,
    maxContentChars: 100,
    columns: undefined,
    ...options,
  };
  return renderTrace({ kind, spans: realSpans(spec) }, all).split('\n');
}

const AGENT: SpanSpec = {
  name: 'invoke_agent planner',
  resource: { 'service.name': 'quickstart' },
  ...at(0, 1_600),
  children: [
    {
      name: 'chat gpt-4o',
      ...at(0, 800),
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 1_000,
        'gen_ai.usage.output_tokens': 20,
        'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'SECRET' }] }]),
      },
    },
    {
      name: 'execute_tool search',
      ...at(800, 1_200),
      attributes: {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'search',
        'gen_ai.tool.call.result': 'SECRET',
      },
      children: [{ name: 'GET', ...at(900, 1_000) }],
    },
    {
      name: 'chat gpt-4o',
      ...at(1_200, 1_600),
      attributes: { 'gen_ai.operation.name': 'chat', 'error.type': '429' },
      status: { code: SpanStatusCode.ERROR, message: 'slow down' },
      events: [{ name: 'exception', attributes: { 'exception.message': 'SECRET' } }],
    },
  ],
};

test('prints header, tree, durations, timeline, details, error and totals', () => {
  const [blank, header, ...lines] = rendered(AGENT);
  expect(blank).toBe('');
  expect(header).toMatch(/^quickstart {2}trace [0-9a-f]{32}$/);
  expect(lines).toEqual([
    'invoke_agent planner     1.60s  ━━━━━━━━━━━━━━━━',
    '├─ chat gpt-4o           800ms  ━━━━━━━━╌╌╌╌╌╌╌╌  openai · 1,000 → 20 tokens',
    '├─ execute_tool search   400ms  ╌╌╌╌╌╌╌╌━━━━╌╌╌╌',
    '│  └─ GET                100ms  ╌╌╌╌╌╌╌╌╌━╌╌╌╌╌╌',
    '└─ chat gpt-4o           400ms  ╌╌╌╌╌╌╌╌╌╌╌╌━━━━',
    '     ✗ 429: slow down',
    '1.60s · 5 spans · 2 LLM calls · 1,000 → 20 tokens · 1 error',
    '',
  ]);
});

test('prints content only when verbose', () => {
  expect(rendered(AGENT).join('\n')).not.toContain('SECRET');
  const verbose = rendered(AGENT, { verbose: true });
  expect(verbose).toContain('│    user       SECRET');
  expect(verbose).toContain('│  │ result     SECRET');
  expect(verbose).toContain('     exception  SECRET');
});

test('says when a trace is not whole', () => {
  expect(rendered(AGENT, {}, 'incomplete')[1]).toMatch(/\(its root has not ended yet\)$/);
  const late = rendered({ name: 'late one' }, {}, 'late');
  expect(late[1]).toMatch(/\(ended after the rest was printed\)$/);
  expect(late).toHaveLength(4);
});

test('leaves the timeline out when the terminal is too narrow for it', () => {
  const narrow = rendered(AGENT, { columns: 70 });
  expect(narrow.join('')).not.toContain('━');
  for (const line of narrow) expect(textWidth(line)).toBeLessThanOrEqual(70);
  expect(rendered(AGENT, { columns: 200 }).join('')).toContain('━');
});

test('with colour the same text is there, between escape sequences', () => {
  const colored = rendered(AGENT, { theme: createConsoleTheme(true) }).join('\n');
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
  expect(colored).toMatch(escapes);
  const [, , ...plain] = rendered(AGENT);
  expect(colored.replace(escapes, '').split('\n').slice(2)).toEqual(plain);
});

test('a span of no duration, a clock that went back and a very deep tree still have their lines', () => {
  expect(rendered({ name: 'now', ...at(5, 5) })[2]).toContain('━');
  const deep = Array.from({ length: 40 }).reduce<SpanSpec>(
    (child, _, i) => ({ name: `level ${i}`, children: [child] }),
    {
      name: 'leaf',
    },
  );
  const lines = rendered(deep);
  expect(lines.filter((line) => /level|leaf/.test(line))).toHaveLength(41);
});

test('whatever the strings in a span, no control character reaches the terminal and columns stay in place', () => {
  const text = fc.string({ unit: 'binary', maxLength: 80 });
  fc.assert(
    fc.property(text, text, text, text, (name, value, message, key) => {
      const lines = rendered(
        {
          name,
          resource: { 'service.name': value },
          attributes: {
            'gen_ai.provider.name': value,
            'gen_ai.request.model': value,
            'gen_ai.response.finish_reasons': [value, key],
            'gen_ai.input.messages': value,
            'error.type': key,
          },
          status: { code: SpanStatusCode.ERROR, message },
        },
        { verbose: true },
      );
      expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
