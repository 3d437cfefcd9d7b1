import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { ConsoleTheme } from './console-theme.js';
import { formatCounted, formatDuration } from './format-quantity.js';
import { summarizeGenAI } from './genai-summary.js';
import { printableLine } from './printable-text.js';
import { contentOf } from './span-content.js';
import { detailsOf, errorOf, formatUsage } from './span-details.js';
import { buildSpanForest, toMillis } from './span-forest.js';
import type { SpanNode } from './span-forest.js';
import { fitWidth, textWidth } from './text-width.js';
import type { CollectedTrace } from './trace-buffer.js';
import { totalsOf } from './trace-totals.js';

/** How a trace is printed. */
export interface RenderOptions {
  theme: ConsoleTheme;
  /** Whether prompts, completions and tool data are printed. */
  verbose: boolean;
  /** Characters printed of each text when verbose. */
  maxContentChars: number;
  /** Columns of the terminal, if it is one: the timeline is left out when lines would be wider. */
  columns: number | undefined;
}

/** Columns of the widest name printed whole, with its branches. */
const MAX_NAME_WIDTH = 52;
const DURATION_WIDTH = 8;
const TIMELINE_WIDTH = 16;
/** Levels that are indented; deeper ones stand where the last one does. */
const MAX_INDENTED_DEPTH = 8;

interface Row {
  node: SpanNode;
  /** What stands to the right of the name. */
  details: string;
  /** The branches in front of the name. */
  branch: string;
  /** What continues the branches on the lines below the name. */
  below: string;
}

/** What the lines of one trace have in common: its time span in milliseconds, and widths in columns. */
interface Layout {
  start: number;
  end: number;
  nameWidth: number;
  timelineWidth: number;
}

/**
 * A trace as text: a header, a line for each span with its place in the tree, duration, timeline and details, and a line
 * of totals. Every string that comes from a span is made printable first.
 */
export function renderTrace(trace: CollectedTrace, options: RenderOptions): string {
  const roots = buildSpanForest(trace.spans);
  const first = roots[0];
  if (first === undefined) return '';
  const rows = rowsOf(roots);
  const start = Math.min(...roots.map(({ span }) => toMillis(span.startTime)));
  const end = rows.reduce((latest, { node }) => Math.max(latest, toMillis(node.span.endTime)), start);
  const nameWidth = Math.min(
    MAX_NAME_WIDTH,
    rows.reduce((widest, { node, branch }) => Math.max(widest, textWidth(branch) + textWidth(nameOf(node))), 0),
  );
  const widest = rows.reduce((width, { details }) => Math.max(width, textWidth(details)), 0);
  const isWide = nameWidth + DURATION_WIDTH + TIMELINE_WIDTH + widest + 4 > (options.columns ?? Infinity);
  const layout: Layout = { start, end, nameWidth, timelineWidth: isWide ? 0 : TIMELINE_WIDTH };
  const lines = [header(trace, first, options), ...rows.flatMap((row) => spanLines(row, layout, options))];
  if (trace.kind !== 'late') lines.push(footer(roots, end - start, options));
  return `\n${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function header({ kind }: CollectedTrace, { span }: SpanNode, { theme }: RenderOptions): string {
  const service: unknown = span.resource.attributes['service.name'];
  const title = typeof service === 'string' ? `${theme.bold(printableLine(service, 60))}  ` : '';
  return `${title}${theme.dim(`trace ${printableLine(span.spanContext().traceId, 32)}${NOTES[kind]}`)}`;
}

const NOTES: Record<CollectedTrace['kind'], string> = {
  complete: '',
  late: '  (ended after the rest was printed)',
  incomplete: '  (its root has not ended yet)',
};

function rowsOf(roots: readonly SpanNode[]): Row[] {
  const rows: Row[] = [];
  const open = roots.map((node) => ({ node, branch: '', below: '', depth: 0 })).reverse();
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    const { node, branch, below, depth } = row;
    const details = detailsOf(node.span, node.span.name);
    rows.push({ node, details, branch, below: below + (node.children.length > 0 ? '│ ' : '  ') });
    const children = node.children.map((child, index) => {
      const isLast = index === node.children.length - 1;
      const isIndented = depth < MAX_INDENTED_DEPTH;
      return {
        node: child,
        branch: `${isIndented ? below : below.slice(0, -3)}${isLast ? '└─ ' : '├─ '}`,
        below: isIndented ? `${below}${isLast ? '   ' : '│  '}` : below,
        depth: depth + 1,
      };
    });
    open.push(...children.reverse());
  }
  return rows;
}

function spanLines({ node, details, branch, below }: Row, layout: Layout, options: RenderOptions): string[] {
  const { theme, verbose, maxContentChars } = options;
  const { span } = node;
  const error = errorOf(span);
  const paint = error === undefined ? theme.operation(summarizeGenAI(span).operation) : theme.error;
  const name = fitWidth(nameOf(node), layout.nameWidth - textWidth(branch));
  const duration = formatDuration(toMillis(span.duration)).padStart(DURATION_WIDTH);
  const line = `${theme.dim(branch)}${paint(name)}${duration}  ${timeline(span, layout, paint, theme)}${details}`;
  const lines = [line];
  if (error !== undefined) lines.push(`${theme.dim(below)}${theme.error(`✗ ${error}`)}`);
  if (!verbose) return lines;
  for (const block of contentOf(span, maxContentChars)) {
    for (const [index, text] of block.lines.entries()) {
      lines.push(`${theme.dim(below)}${theme.dim((index === 0 ? block.label : '').padEnd(10))} ${text}`);
    }
  }
  return lines;
}

function nameOf({ span }: SpanNode): string {
  return printableLine(span.name, 200) || '(no name)';
}

/** When the span ran within the trace, as a bar. */
function timeline(
  span: ReadableSpanLike,
  { start, end, timelineWidth: width }: Layout,
  paint: (text: string) => string,
  { dim }: ConsoleTheme,
): string {
  if (width === 0) return '';
  const perCell = (end - start) / width;
  const from = (toMillis(span.startTime) - start) / perCell;
  const to = (toMillis(span.endTime) - start) / perCell;
  const before = perCell > 0 ? clamp(Math.floor(from), 0, width - 1) : 0;
  const length = perCell > 0 ? clamp(Math.ceil(to) - before, 1, width - before) : width;
  return `${dim('╌'.repeat(before))}${paint('━'.repeat(length))}${dim('╌'.repeat(width - before - length))}  `;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function footer(roots: readonly SpanNode[], durationMillis: number, { theme }: RenderOptions): string {
  const { spans, llmCalls, errors, usage } = totalsOf(roots);
  const parts = [formatDuration(durationMillis), formatCounted(spans, 'span')];
  if (llmCalls > 0) parts.push(formatCounted(llmCalls, 'LLM call'));
  if (usage.input + usage.output > 0) parts.push(formatUsage(usage));
  const text = theme.dim(parts.join(' · '));
  return errors === 0 ? text : `${text}${theme.dim(' · ')}${theme.error(formatCounted(errors, 'error'))}`;
}
