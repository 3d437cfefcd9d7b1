import fc from 'fast-check';
import { joined, markup } from '../../src/html/safe-html.js';
import { displayText } from '../../src/html/display-text.js';
import { only, parsePage } from './open-page.js';

test('text is escaped, markup and lists of it are not, nothing is nothing', () => {
  const inner = markup`<i>${'<&>'}</i>`;
  expect(markup`<b title="${`"'`}">${inner}${[inner, inner]}${undefined}${false}${7}</b>`.toString()).toBe(
    '<b title="&#34;&#39;"><i>&lt;&amp;&gt;</i><i>&lt;&amp;&gt;</i><i>&lt;&amp;&gt;</i>7</b>',
  );
  expect(joined([inner, inner]).toString()).toBe(`${inner.toString()}${inner.toString()}`);
});

test('a parser gets back any text, from an element and from an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const page = parsePage(markup`<p title="${text}"><b>${text}</b></p>`.toString());
      expect(only(page, 'b').textContent).toBe(displayText(text));
      expect(only(page, 'p').getAttribute('title')).toBe(displayText(text));
    }),
  );
});
