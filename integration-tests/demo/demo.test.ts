import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

interface OtlpSpan {
  readonly name: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

/** One run for all tests, as `npm run demo` does it, without a key that would send it to the real API. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OPENAI_')));
const demo = spawnSync(process.execPath, [resolve(root, 'scripts/demo.mjs')], {
  cwd: root,
  env: environment,
  encoding: 'utf8',
  timeout: 60_000,
});
const lines = demo.stdout.split('\n');

function jsonlText(): string {
  const path = /one request a line: (.+)$/m.exec(demo.stdout)?.[1];
  if (path === undefined) throw new Error(`Expected the demo to tell where the JSONL lies, got:\n${demo.stdout}`);
  return readFileSync(resolve(root, path), 'utf8');
}

function writtenSpans(): OtlpSpan[] {
  type Request = { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] };
  return jsonlText()
    .trim()
    .split('\n')
    .flatMap((line) => (JSON.parse(line) as Request).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans);
}

function attribute(span: OtlpSpan | undefined, key: string): unknown {
  const value = span?.attributes.find((candidate) => candidate.key === key)?.value;
  return value && Object.values(value)[0];
}

/** The printed line of the span that has all of these. */
function treeLine(...parts: string[]): string | undefined {
  return lines.find((line) => parts.every((part) => line.includes(part)));
}

describe('npm run demo', () => {
  it('ends by itself, without an error', () => {
    expect({ status: demo.status, signal: demo.signal }).toEqual({ status: 0, signal: null });
    expect(demo.stderr.trim()).toBe('Building the packages …');
  });

  it('runs the agent to its answer: a model that is not there, a tool call, a stream', () => {
    expect(lines).toContain('> What should I pack for a weekend in Paris?');
    expect(demo.stdout).toMatch(/gpt-not-released-yet\S*: 404, trying the next model/);
    expect(demo.stdout).toContain('calls get_forecast({"city":"Paris"})');
    expect(demo.stdout).toContain('Pack a light rain jacket');
  });

  it('prints one line for each call of the client, with model and tokens, and the error of the one that failed', () => {
    expect(treeLine('embeddings text-embedding-3-small', 'tokens')).toBeDefined();
    expect(treeLine('chat gpt-4o-mini', 'tokens', 'tool_calls')).toBeDefined();
    expect(treeLine('chat gpt-4o-mini', 'tokens', 'first chunk')).toBeDefined();
    expect(demo.stdout).toMatch(/^chat gpt-not-released-yet.*\n.*model_not_found/m);
  });

  it('writes each call as one ended span of OTLP JSON', () => {
    const spans = writtenSpans();
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'chat gpt-4o-mini',
      'chat gpt-4o-mini',
      'chat gpt-not-released-yet@error-404',
      'embeddings text-embedding-3-small',
    ]);
    expect(demo.stdout).toContain('4 spans, as OTLP JSON');
    for (const span of spans) {
      expect(attribute(span, 'gen_ai.provider.name')).toBe('openai');
      expect(Number(span.endTimeUnixNano)).toBeGreaterThan(0);
    }
    const failed = spans.find(({ name }) => name.includes('not-released'));
    expect(failed?.status?.code).toBe(2);
    expect(attribute(failed, 'error.type')).toBe('model_not_found');
    const answered = spans.filter(({ name }) => name === 'chat gpt-4o-mini');
    for (const span of answered) expect(Number(attribute(span, 'gen_ai.usage.output_tokens'))).toBeGreaterThan(0);
  });

  it('keeps prompts, tool arguments and answers out of what it writes', () => {
    const text = jsonlText();
    expect(text).toContain('gen_ai.request.model');
    for (const content of ['weekend', 'travel guide', 'cobbled', 'rain jacket', 'forecast', '17 °C']) {
      expect(text).not.toContain(content);
    }
  });
});
