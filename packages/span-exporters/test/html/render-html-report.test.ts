import { buildSpan } from '@genspan/test-utils';
import { renderHtmlReport } from '../../src/html/render-html-report.js';
import { realSpans } from '../real-spans.js';
import { only, parsePage, textsOf } from './open-page.js';
import { PIXEL, sampleSpans } from './sample-trace.js';

const throwing = (): never => {
  throw new Error('no');
};
const page = parsePage(renderHtmlReport(sampleSpans(), { title: 'Night run' }));

test('has a title, and the totals of the trace', () => {
  expect(page.title).toBe('Night run');
  expect(textsOf(page, 'h1')).toEqual(['Night run']);
  expect(textsOf(page, '.sum')).toEqual([
    '1.60s · 5 spans · 2 LLM calls · 1 tool call · 1,000 → 20 tokens (500 cached) · $0.0042 · 1 error · gpt-4o, gpt-4o-mini',
  ]);
  expect(only(page, 'details.trace').hasAttribute('open')).toBe(true);
});

test('has a line for each span, in the order and at the level it ran', () => {
  expect(textsOf(page, '.span > summary .name')).toEqual([
    '▾level 1: invoke_agent planner',
    'level 2: chat gpt-4o',
    '▾level 2: execute_tool get_weather',
    'level 3: GET',
    'level 2: chat gpt-4o-mini',
  ]);
  expect(textsOf(page, '.span > summary .millis')).toEqual(['1.60s', '800ms', '400ms', '100ms', '400ms']);
  expect(
    [...page.querySelectorAll('.bar rect')].map((bar) => [bar.getAttribute('x'), bar.getAttribute('width')]),
  ).toEqual([
    ['0', '1000'],
    ['0', '500'],
    ['500', '250'],
    ['562', '63'],
    ['750', '250'],
  ]);
  expect(textsOf(page, '.axis span')).toEqual(['0µs', '320ms', '640ms', '960ms', '1.28s', '1.60s']);
});

test('shows the conversation of a model call', () => {
  const chat = only(page, '#t0s1');
  expect(textsOf(chat, 'h4')).toEqual([
    'Usage',
    'Tools',
    'System instructions',
    'Input',
    'Output',
    'Attributes',
    'Span',
  ]);
  expect(textsOf(chat, '.message > header')).toEqual(['system', 'user', 'assistant tool_call']);
  expect(textsOf(chat, '.message.user .text')).toEqual(['What is it like in Paris?']);
  expect(textsOf(chat, '.message.user .media')).toEqual([
    '',
    '[image/svg+xml: 6 B]',
    '[image: https://example.com/a.png]',
    '[document: file file-1]',
  ]);
  expect(only(chat, 'img').getAttribute('src')).toBe(`data:image/png;base64,${PIXEL}`);
  expect(only(chat, '.call .text').textContent).toBe('{\n  "city": "Paris",\n  "days": 2\n}');
  expect(textsOf(chat, '.call b, .call .id')).toEqual(['→ get_weather', 'call_1']);
  expect(textsOf(chat, 'details.part.fold')).toEqual(['reasoningThey want the weather.']);
  expect(textsOf(chat, '.tools li b')).toEqual(['get_weather']);
  expect(textsOf(chat, '.body > section:first-child tr')).toEqual([
    'input tokens1,000, 500 cached',
    'output tokens20',
    'cost$0.0042',
    'stopped becausetool_call',
  ]);
});

test('shows tool data, errors with their stack, refusals and links', () => {
  expect(textsOf(only(page, '#t0s2'), '.content')).toEqual(['Arguments{ "city": "Paris" }', 'Result{ "celsius": 21 }']);
  const failed = only(page, '#t0s4');
  expect(textsOf(failed, 'summary > .error')).toEqual(['✗ 429: slow down']);
  expect(textsOf(failed, '.refusal .text')).toEqual(['I cannot help with that.']);
  expect(textsOf(failed, '.exception > b')).toEqual(['RateLimitError']);
  expect(only(failed, '.exception details .text').textContent).toBe('RateLimitError\n    at call (app.js:1:2)');
  expect(textsOf(failed, 'section h5')).toContain(`trace ${'c'.repeat(32)}, span ${'d'.repeat(16)}`);
  expect(textsOf(failed, 'section tr')).toContain('whyretry of');
  expect(textsOf(failed, 'section tr')).toContain('statuserror: slow down');
});

test('shows attributes without repeating content, and the resource once', () => {
  const keys = textsOf(only(page, '#t0s1'), 'th');
  expect(keys).toContain('gen_ai.request.model');
  expect(keys).not.toContain('gen_ai.input.messages');
  expect(textsOf(page, '.resource tr')).toEqual(['service.namequickstart', 'host.namebox']);
  expect(new Set([...page.querySelectorAll('.span a')].map((link) => link.getAttribute('href')))).toEqual(
    new Set(['#t0r0']),
  );
  expect(page.getElementById('t0r0')).not.toBeNull();
  expect(textsOf(page, '.trace > .fold tr').slice(0, 3)).toEqual([
    'spans5',
    'cost in US dollars0.0042',
    'models["gpt-4o"]',
  ]);
});

test('content that is not what it should be is shown as it is', () => {
  const spans = realSpans({
    name: 'chat',
    attributes: {
      'gen_ai.input.messages': '[{"role":"user","parts":[{"ty',
      'gen_ai.output.messages': '[1,{"parts":"x"},null]',
    },
  });
  const texts = textsOf(parsePage(renderHtmlReport(spans)), '.content .text');
  expect(texts).toEqual(['[{"role":"user","parts":[{"ty', '1', '{ "parts": "x" }', 'null']);
});

test('the traces that started last are shown, closed, and the number of the others', () => {
  const spans = [1, 3, 2].flatMap((number) =>
    realSpans({
      name: `trace ${number}`,
      startMillis: 1_600_000_000_000 + number,
      children: [{ name: 'child' }],
    }),
  );
  const two = parsePage(renderHtmlReport(spans, { maxTraces: 2 }));
  expect(textsOf(two, 'h2')).toEqual(['trace 3', 'trace 2']);
  expect(textsOf(two, 'body > header .note')).toEqual(['2 traces, 4 spans; 1 earlier trace left out']);
  expect([...two.querySelectorAll('details.trace')].some((trace) => trace.hasAttribute('open'))).toBe(false);
  const three = parsePage(renderHtmlReport(spans, { maxSpans: 3 }));
  expect(textsOf(three, '.trace .warn')).toEqual(['1 more spans of this trace are not shown.']);
});

test('long texts are cut with a note', () => {
  const spans = realSpans({ name: 'long', attributes: { 'gen_ai.tool.call.result': 'x'.repeat(100) } });
  const cut = parsePage(renderHtmlReport(spans, { maxContentChars: 10 }));
  expect(textsOf(cut, '.content')).toEqual(['Resultxxxxxxxxxx 90 more characters are not shown.']);
});

test('spans whose parents have not come, one that cannot be read, and a very deep trace are shown', () => {
  const orphan = parsePage(renderHtmlReport([buildSpan({ name: 'orphan', parentSpanId: 'f'.repeat(16) })]));
  expect(textsOf(orphan, '.trace > .note')[0]).toMatch(/spans above some of these have not come$/);
  const events = { get: throwing };
  const broken = Object.defineProperty(buildSpan({ name: 'broken' }), 'events', events);
  expect(textsOf(parsePage(renderHtmlReport([broken])), '.note')).toContain('A span that could not be read.');
  const id = (number: number) => number.toString(16).padStart(16, '0');
  const deep = Array.from({ length: 2_000 }, (_, number) =>
    buildSpan({ spanId: id(number + 1), ...(number > 0 ? { parentSpanId: id(number) } : {}) }),
  );
  expect(renderHtmlReport(deep).match(/<details class="span /g)).toHaveLength(2_000);
});

test('nothing makes a page too', () => {
  expect(textsOf(parsePage(renderHtmlReport([])), 'body > header .note')).toEqual(['0 traces, 0 spans']);
});

test.each([
  [{ title: '' }, 'Expected `title` to be a non-empty string'],
  [{ maxSpans: 0 }, 'Expected `maxSpans` to be an integer of at least 1, got `0`'],
  [{ maxChars: 1 }, 'got `"maxChars"`'],
])('refuses the options %j', (options, message) => {
  expect(() => void Reflect.apply(renderHtmlReport, undefined, [[], options])).toThrow(message);
});
