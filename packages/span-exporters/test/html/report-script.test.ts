import type { PageElement, PageWindow } from 'jsdom';
import { waitUntil } from '@genspan/test-utils';
import { renderHtmlReport } from '../../src/html/render-html-report.js';
import { realSpans } from '../real-spans.js';
import { only, openPage } from './open-page.js';
import { sampleSpans } from './sample-trace.js';

const other = realSpans({ name: 'other trace', startMillis: 1_600_000_000_000, endMillis: 1_600_000_000_007 });

function open(url?: string) {
  const { window, errors } = openPage(renderHtmlReport([...sampleSpans(), ...other]), url);
  expect(errors).toEqual([]);
  const { document } = window;
  const shown = () =>
    [...document.querySelectorAll('details.span')]
      .filter((span) => !span.hidden && span.parentElement?.hidden === false)
      .map(
        (span) =>
          `${span.querySelector('.name')?.textContent.replace(/^.*?: /, '')}${span.getAttribute('class')?.includes('above') ? ' (above)' : ''}`,
      );
  const enter = async (id: string, value: string | boolean, expected: string[]) => {
    const input = only(document, `#${id}`);
    if (typeof value === 'boolean') input.checked = value;
    else input.value = value;
    input.dispatchEvent(new window.Event('input', { bubbles: true }));
    await waitUntil(
      () => shown().join() === expected.join(),
      3_000,
      () => `${expected.join()}, got ${shown().join()}`,
    );
  };
  return { window, document, shown, enter };
}

const ALL = [
  'invoke_agent planner',
  'chat gpt-4o',
  'execute_tool get_weather',
  'GET',
  'chat gpt-4o-mini',
  'other trace',
];

const key = (window: PageWindow, element: PageElement, name: string) =>
  element.dispatchEvent(new window.KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));

test('shows its filters only where it runs', () => {
  const { document, shown } = open();
  expect(only(document, '#filters').hidden).toBe(false);
  expect(shown()).toEqual(ALL);
});

test('finds text in content, with the spans above it, and opens the trace', async () => {
  const { document, enter } = open();
  await enter('search', '  PARIS  weather ', [
    'invoke_agent planner (above)',
    'chat gpt-4o',
    'execute_tool get_weather',
  ]);
  expect(only(document, '#count').textContent).toBe('2 of 6 spans');
  expect([...document.querySelectorAll('details.trace')].map(({ hidden, open: isOpen }) => [hidden, isOpen])).toEqual([
    [false, true],
    [true, false],
  ]);
  await enter('search', 'no such text', []);
  await enter('search', '', ALL);
  expect(only(document, '#count').textContent).toBe('');
});

test('filters by error, operation, model and duration, together too', async () => {
  const { enter } = open();
  await enter('errors', true, ['invoke_agent planner (above)', 'chat gpt-4o-mini']);
  await enter('errors', false, ALL);
  await enter('operation', 'execute_tool', ['invoke_agent planner (above)', 'execute_tool get_weather']);
  await enter('operation', 'chat', ['invoke_agent planner (above)', 'chat gpt-4o', 'chat gpt-4o-mini']);
  await enter('model', 'gpt-4o', ['invoke_agent planner (above)', 'chat gpt-4o']);
  await enter('millis', '801', []);
  await enter('operation', '', []);
  await enter('model', '', ['invoke_agent planner']);
});

test('a button folds the spans below', () => {
  const { document, shown } = open();
  const twist = only(document, '#t0s0 .twist');
  expect(twist.hidden).toBe(false);
  twist.click();
  expect(shown()).toEqual(['invoke_agent planner', 'other trace']);
  expect(twist.getAttribute('aria-expanded')).toBe('false');
  twist.click();
  expect(shown()).toEqual(ALL);
});

test('arrow keys move between lines and fold, a slash goes to the search, escape empties it', () => {
  const { window, document, shown } = open();
  for (const trace of document.querySelectorAll('details.trace')) trace.open = true;
  const lines = [...document.querySelectorAll('details.trace > summary, details.span > summary')];
  lines[0]?.focus();
  const press = (name: string) => key(window, document.activeElement ?? document, name);
  press('ArrowDown');
  expect(document.activeElement).toBe(lines[1]);
  press('ArrowLeft');
  expect(shown()).toEqual(['invoke_agent planner', 'other trace']);
  press('ArrowDown');
  expect(document.activeElement).toBe(lines[6]);
  press('ArrowUp');
  press('ArrowRight');
  expect(shown()).toEqual(ALL);
  press('/');
  const search = only(document, '#search');
  expect(document.activeElement).toBe(search);
  search.value = 'x';
  press('Escape');
  expect(search.value).toBe('');
});

test('buttons open and close all', () => {
  const { document } = open();
  const openSpans = () => [...document.querySelectorAll('details.span')].filter((span) => span.open).length;
  only(document, '#open').click();
  expect(openSpans()).toBe(6);
  only(document, '#close').click();
  expect(openSpans()).toBe(0);
});

test('a link to something closed opens it', () => {
  const { document } = open('file:///report.html#t1s0');
  expect([only(document, '#t1').open, only(document, '#t1s0').open]).toEqual([true, true]);
  expect(only(document, '#t0s0').open).toBe(false);
});
