import { createHash } from 'node:crypto';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { buildResource, buildSpan } from '@genspan/test-utils';
import fc from 'fast-check';
import type { PageDocument } from 'jsdom';
import { displayText } from '../../src/html/display-text.js';
import { renderHtmlReport } from '../../src/html/render-html-report.js';
import { elementsOf, openPage, parsePage } from './open-page.js';

const char = (code: number) => String.fromCodePoint(code);

/** What breaks out of pages that forget one place. */
const ATTACKS = [
  '<script>pwned()</script>',
  '</script><script>pwned()</script>',
  '</style><style>*{display:none}</style>',
  '</title><img src=x onerror=pwned()>',
  '<!-- <script>',
  '-->',
  ']]><svg onload=pwned()>',
  '" onmouseover="pwned()" x="',
  "' autofocus onfocus='pwned()",
  '"><iframe srcdoc="<script>parent.pwned()</script>">',
  '<a href="javascript:pwned()">x</a>',
  'javascript:pwned()',
  'data:text/html,<script>pwned()</script>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '</textarea></details></select><form action=https://evil.example/>',
  '&lt;b&gt; &amp; &#60;script&#62; &quot;',
  '${pwned()} {{pwned()}} <%= pwned() %>',
  `a${char(0x2028)}b${char(0x2029)}c`,
  `${char(0)}<${char(0)}script>`,
  `${char(0x202e)}gpj.exe`,
  `half ${'\ud83d'} and ${'\udc00'}`,
  '<math><mtext></table><mglyph><style><img src=x onerror=pwned()>',
  '__proto__',
  '\r\n\r\n<b>',
];

/** A span that says the same text in every field there is. */
function spanSaying(text: string): ReadableSpanLike {
  const attributes = { [`key ${text}`]: text, [`list ${text}`]: [text] };
  const parts = [
    { type: 'text', content: text },
    { type: 'reasoning', content: text },
    { type: 'refusal', content: text },
    { type: 'tool_call', id: text, name: text, arguments: { [text]: text } },
    { type: 'tool_call_response', id: text, response: text },
    { type: 'blob', modality: text, mime_type: text, content: text },
    { type: 'blob', modality: 'image', mime_type: 'image/png', content: `${text}"` },
    { type: 'uri', modality: text, mime_type: text, uri: text },
    { type: 'file', modality: text, file_id: text },
    { type: `unknown ${text}`, [text]: text },
  ];
  const messages = JSON.stringify([{ role: `role ${text}`, name: text, finish_reason: text, parts }]);
  const span = buildSpan({
    name: text,
    // Ids are not hex digits when an application makes its own spans.
    traceId: text,
    spanId: text,
    attributes: {
      ...attributes,
      'gen_ai.operation.name': text,
      'gen_ai.provider.name': text,
      'gen_ai.request.model': text,
      'gen_ai.response.finish_reasons': [text],
      'gen_ai.usage.input_tokens': 1,
      'gen_ai.tool.name': text,
      'error.type': text,
      'genspan.trace.span_count': text,
      'genspan.trace.models': [text],
      'gen_ai.tool.call.arguments': `raw ${text}`,
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: text }]),
      'gen_ai.input.messages': messages,
      'gen_ai.output.messages': messages,
      'gen_ai.tool.definitions': JSON.stringify([
        { type: text, name: text, description: text, parameters: { [text]: text } },
      ]),
    },
    events: [
      { name: text, attributes },
      {
        name: 'exception',
        attributes: { 'exception.type': text, 'exception.message': text, 'exception.stacktrace': text },
      },
    ],
    links: [{ context: { traceId: text, spanId: text, traceFlags: 1 }, attributes }],
    status: { code: SpanStatusCode.ERROR, message: text },
    resource: buildResource({ 'service.name': text, ...attributes }),
    scope: { name: text, version: text },
  });
  return span;
}

const pageSaying = (text: string) => renderHtmlReport([spanSaying(text)], { title: text });

/** Every element and the names of its attributes: what of a page is not text. */
function skeletonOf(document: PageDocument): string[] {
  return elementsOf(document).map(
    ({ localName, attributes }) => `${localName} ${[...attributes].map(({ name }) => name).join(' ')}`,
  );
}

const HARMLESS = skeletonOf(parsePage(pageSaying('harmless')));

test.each(ATTACKS)('%j in every field adds no element and no attribute, no address and no script', (attack) => {
  const document = parsePage(pageSaying(attack));
  expect(skeletonOf(document)).toEqual(HARMLESS);
  for (const { localName, attributes } of elementsOf(document)) {
    for (const { name, value } of attributes) {
      expect(name).not.toMatch(/^on|^style$|^srcset$|^srcdoc$|action$|^ping$|^background$|^poster$/);
      if (name === 'href') expect(`${localName} ${value}`).toMatch(/^a #t\d+r\d+$|^link data:,$/);
      if (name === 'src') expect(value).toMatch(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/);
      if (name === 'id') expect(value).toMatch(/^[a-z0-9]+$/);
      if (name === 'class') expect(value).toMatch(/^[a-z0-9 ]+$/);
    }
  }
});

test('neither does any other text, and all of it can be read', () => {
  const fragment = fc.oneof(
    fc.constantFrom(...ATTACKS),
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '`',
      '=',
      '/',
      '\0',
      '\ufffe',
      '\r',
      '\ud800',
      '\udfff',
      '<!--',
      '-->',
      '&lt',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  );
  const text = fc
    .array(fragment, { minLength: 1, maxLength: 6 })
    .map((fragments) => `.${fragments.join('').slice(0, 140)}`);
  fc.assert(
    fc.property(text, (said) => {
      const html = pageSaying(said);
      const document = parsePage(html);
      expect(skeletonOf(document)).toEqual(HARMLESS);
      const shown = displayText(said);
      expect(document.querySelector('h1')?.textContent).toBe(shown);
      expect(document.querySelector('.message .text')?.textContent).toBe(shown);
      expect(document.querySelector('.exception .text')?.textContent).toBe(shown);
      expect(document.querySelector('.name')?.textContent).toBe(`level 1: ${shown}`);
      expect(document.querySelector('.span')?.getAttribute('data-model')).toBe(shown);
      expect([...document.querySelectorAll('.body > section th')].map((key) => key.textContent)).toContain(
        `key ${shown}`,
      );
      expect(html).not.toMatch(/\p{Cs}/u);
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('nothing of it runs', () => {
  for (const attack of ATTACKS) {
    const { window, errors } = openPage(
      pageSaying(attack).replace('<head>', '<head><script>window.pwned = () => { window.isPwned = true; };</script>'),
    );
    expect(window['isPwned']).toBeUndefined();
    expect(errors).toEqual([]);
    window.close();
  }
});

test('the policy allows the one script and the one style sheet by the hashes of their text, and nothing else', () => {
  const document = parsePage(pageSaying('x'));
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
  const hashOf = (selector: string) => {
    const found = [...document.querySelectorAll(selector)];
    expect(found).toHaveLength(1);
    return createHash('sha256')
      .update(found[0]?.textContent ?? '')
      .digest('base64');
  };
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    `script-src 'sha256-${hashOf('script')}'`,
    `style-src 'sha256-${hashOf('style')}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
});

test('the policy stands before everything it is for', () => {
  const html = pageSaying('x');
  for (const later of ['<title', '<link', '<style', '<script', '<img']) {
    const at = html.indexOf(later);
    if (at !== -1) expect(html.indexOf('Content-Security-Policy')).toBeLessThan(at);
  }
});
