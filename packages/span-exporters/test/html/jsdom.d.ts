// What the tests use of jsdom. Its own types bring those of a browser into every file of the repository.
declare module 'jsdom' {
  export interface PageElement {
    readonly localName: string;
    readonly namespaceURI: string | null;
    readonly parentElement: PageElement | null;
    readonly children: Iterable<PageElement>;
    readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
    readonly dataset: Record<string, string | undefined>;
    textContent: string;
    value: string;
    checked: boolean;
    hidden: boolean;
    open: boolean;
    getAttribute(name: string): string | null;
    hasAttribute(name: string): boolean;
    querySelector(selector: string): PageElement | null;
    querySelectorAll(selector: string): Iterable<PageElement>;
    dispatchEvent(event: unknown): boolean;
    click(): void;
    focus(): void;
  }
  export interface PageDocument extends PageElement {
    readonly title: string;
    readonly activeElement: PageElement | null;
    readonly documentElement: PageElement;
    getElementById(id: string): PageElement | null;
  }
  export interface PageWindow {
    readonly document: PageDocument;
    readonly Event: new (type: string, options?: object) => object;
    readonly KeyboardEvent: new (type: string, options?: object) => object;
    close(): void;
    [name: string]: unknown;
  }
  export class VirtualConsole {
    on(event: 'jsdomError', listener: (error: Error) => void): this;
  }
  export class JSDOM {
    constructor(
      html: string,
      options?: {
        runScripts?: 'dangerously';
        url?: string;
        virtualConsole?: VirtualConsole;
        beforeParse?: (window: PageWindow) => void;
      },
    );
    readonly window: PageWindow;
  }
}
