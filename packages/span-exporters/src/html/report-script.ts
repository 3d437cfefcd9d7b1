/**
 * The page's script: search, filters, folding, keys. The page can be read without it.
 *
 * It is text and not a function of ours, so that it is the same byte for byte however this package is compiled or bundled:
 * the content security policy names it by its hash. It only reads text and hides elements; it makes no markup.
 */
export const REPORT_SCRIPT = `'use strict';
(() => {
  const find = (id) => document.getElementById(id);
  const [search, operation, model, millis, errors, count] =
    ['search', 'operation', 'model', 'millis', 'errors', 'count'].map(find);
  const rows = [...document.querySelectorAll('details.span')].map((element) => ({
    element,
    trace: element.parentElement,
    depth: Number(element.dataset.depth),
    isFolded: false,
    text: undefined,
  }));
  const rowOf = new Map(rows.map((row) => [row.element, row]));
  const traces = [...document.querySelectorAll('details.trace')];

  const textOf = (row) => (row.text ??= row.element.textContent.toLowerCase());
  const isFiltered = () =>
    search.value !== '' || operation.value !== '' || model.value !== '' || Number(millis.value) > 0 || errors.checked;

  const matches = (row, words) => {
    const { dataset } = row.element;
    return (
      (!errors.checked || 'error' in dataset) &&
      (operation.value === '' || dataset.operation === operation.value) &&
      (model.value === '' || dataset.model === model.value) &&
      !(Number(dataset.millis) < Number(millis.value)) &&
      words.every((word) => textOf(row).includes(word))
    );
  };

  // Shows what matches and, dimmed, the spans above it. Backwards, a span is met after those below it.
  const showMatches = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let found = 0;
    let wanted = 0;
    let trace;
    for (let index = rows.length - 1; index >= 0; index--) {
      const row = rows[index];
      if (row.trace !== trace) {
        trace = row.trace;
        wanted = 0;
      }
      const isMatch = matches(row, words);
      const isAbove = row.depth < wanted;
      if (isMatch) found++;
      if (isMatch || isAbove) wanted = row.depth;
      row.element.hidden = !isMatch && !isAbove;
      row.element.classList.toggle('above', !isMatch && isAbove);
    }
    for (const element of traces) {
      element.hidden = element.querySelector('details.span:not([hidden])') === null;
      if (!element.hidden) element.open = true;
    }
    return found;
  };

  const showUnfolded = () => {
    let folded = Infinity;
    let trace;
    for (const row of rows) {
      if (row.trace !== trace) {
        trace = row.trace;
        folded = Infinity;
      }
      if (row.depth <= folded) folded = Infinity;
      row.element.hidden = row.depth > folded;
      row.element.classList.remove('above');
      if (row.isFolded && !row.element.hidden) folded = row.depth;
    }
    for (const element of traces) element.hidden = false;
    return rows.length;
  };

  const show = () => {
    const shown = isFiltered() ? showMatches() : showUnfolded();
    count.textContent = isFiltered() ? shown + ' of ' + rows.length + ' spans' : '';
  };

  const fold = (row, isFolded) => {
    const twist = row.element.querySelector('.twist');
    if (twist === null || row.isFolded === isFolded) return;
    row.isFolded = isFolded;
    twist.setAttribute('aria-expanded', String(!isFolded));
    twist.textContent = isFolded ? '\\u25b8' : '\\u25be';
    show();
  };

  let timer;
  const showSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(show, 120);
  };
  for (const input of [search, operation, model, millis, errors]) input.addEventListener('input', showSoon);

  const openAll = (isOpen) => {
    if (isOpen) for (const element of traces) element.open = !element.hidden || element.open;
    for (const { element } of rows) if (!element.hidden) element.open = isOpen;
  };
  find('open').addEventListener('click', () => openAll(true));
  find('close').addEventListener('click', () => openAll(false));

  document.addEventListener('click', (event) => {
    const twist = event.target instanceof Element ? event.target.closest('.twist') : null;
    if (twist === null) return;
    event.preventDefault();
    const row = rowOf.get(twist.closest('details.span'));
    if (row !== undefined) fold(row, !row.isFolded);
  });

  const step = (element, by) => {
    const shown = [...document.querySelectorAll('details.trace > summary, details.trace[open] > details.span > summary')];
    const visible = shown.filter((summary) => !summary.parentElement.hidden && !summary.parentElement.parentElement.hidden);
    const next = visible[visible.indexOf(element) + by];
    if (next !== undefined) next.focus();
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    const isField = target instanceof Element && target.closest('input, select, textarea') !== null;
    if (event.key === 'Escape' && target === search) {
      search.value = '';
      show();
    }
    if (isField) return;
    if (event.key === '/') {
      event.preventDefault();
      search.focus();
      return;
    }
    if (!(target instanceof Element) || target.localName !== 'summary') return;
    const row = rowOf.get(target.parentElement);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(target, event.key === 'ArrowDown' ? 1 : -1);
    } else if (row !== undefined && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      fold(row, event.key === 'ArrowLeft');
    }
  });

  // A link into something that is closed opens it.
  const reveal = () => {
    const target = find(location.hash.slice(1));
    for (let element = target; element !== null; element = element.parentElement) {
      if (element.localName === 'details') element.open = true;
    }
    if (target !== null) target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash !== '') reveal();

  for (const twist of document.querySelectorAll('.twist')) twist.hidden = false;
  find('filters').hidden = false;
  // A browser keeps what was typed when a page is loaded anew.
  show();
})();
`;
