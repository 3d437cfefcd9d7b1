import { markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';

/** Choices of one filter, the first ones. */
const MAX_CHOICES = 200;
const MAX_CHARS = 200;

/** Search and filters. They need the script, which shows them. */
export function reportFilters(operations: ReadonlySet<string>, models: ReadonlySet<string>): SafeHtml {
  return markup`<div id="filters" role="search" hidden>
<label>Search <input id="search" type="search" autocomplete="off" spellcheck="false" /></label>
<label>Operation <select id="operation">${choices(operations)}</select></label>
<label>Model <select id="model">${choices(models)}</select></label>
<label>At least <input id="millis" type="number" min="0" step="any" size="6" /> ms</label>
<label><input id="errors" type="checkbox" /> Errors only</label>
<button id="open" type="button">Open all</button>
<button id="close" type="button">Close all</button>
<output id="count" aria-live="polite"></output>
</div>
`;
}

function choices(words: ReadonlySet<string>): SafeHtml {
  const options = [...words]
    .sort()
    .slice(0, MAX_CHOICES)
    .map((word) => markup`<option value="${word}">${word.slice(0, MAX_CHARS)}</option>`);
  return markup`<option value="">all</option>${options}`;
}
