import { JSDOM, VirtualConsole } from 'jsdom';
import type { PageDocument, PageElement, PageWindow } from 'jsdom';

/** A page as an HTML parser understands it, its script not run. */
export function parsePage(html: string): PageDocument {
  return new JSDOM(html).window.document;
}

/** A page whose scripts have run, and what they threw. */
export function openPage(html: string, url = 'file:///report.html'): { window: PageWindow; errors: Error[] } {
  const errors: Error[] = [];
  const virtualConsole = new VirtualConsole().on('jsdomError', (error) => errors.push(error));
  // jsdom has no layout.
  const beforeParse = (window: PageWindow) => {
    const { prototype } = window['Element'] as { prototype: object };
    Object.assign(prototype, { scrollIntoView: () => {} });
  };
  const { window } = new JSDOM(html, { runScripts: 'dangerously', url, virtualConsole, beforeParse });
  return { window, errors };
}

/** All elements below one. */
export function elementsOf(root: PageElement): PageElement[] {
  return [...root.querySelectorAll('*')];
}

/** The one element that a selector finds. */
export function only(root: PageElement, selector: string): PageElement {
  const found = [...root.querySelectorAll(selector)];
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${selector}`);
  return found[0];
}

/** Their texts, white space collapsed. */
export function textsOf(root: PageElement, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
}
