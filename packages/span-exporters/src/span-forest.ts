import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpanLike } from '@genspan/span-processor-base';

/** A span with the spans below it, in order of their start. */
export interface SpanNode {
  span: ReadableSpanLike;
  children: SpanNode[];
}

/**
 * Spans of one trace as trees. A span whose parent is not among them is the top of a tree; spans that are each other's
 * ancestors, which only broken input has, are shown as tops too, so that every span is shown once.
 */
export function buildSpanForest(spans: readonly ReadableSpanLike[]): SpanNode[] {
  const nodes = new Map<string, SpanNode>();
  for (const span of spans) nodes.set(span.spanContext().spanId, { span, children: [] });
  const roots: SpanNode[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(node.span.parentSpanContext?.spanId ?? '');
    (parent === undefined || parent === node ? roots : parent.children).push(node);
  }
  const reached = new Set<SpanNode>();
  for (const root of roots) reach(root, reached);
  for (const node of nodes.values()) {
    if (reached.has(node)) continue;
    const parent = nodes.get(node.span.parentSpanContext?.spanId ?? '');
    if (parent !== undefined) parent.children = parent.children.filter((child) => child !== node);
    roots.push(node);
    reach(node, reached);
  }
  return roots.sort(byStart);
}

/** Marks and sorts a tree, without recursion: a trace can be thousands of spans deep. */
function reach(root: SpanNode, reached: Set<SpanNode>): void {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    reached.add(node);
    node.children.sort(byStart);
    open.push(...node.children);
  }
}

function byStart(a: SpanNode, b: SpanNode): number {
  const [aStart, bStart] = [a.span.startTime, b.span.startTime];
  return aStart[0] - bStart[0] || aStart[1] - bStart[1];
}

/** A time or duration of the SDK in milliseconds. */
export function toMillis([seconds, nanos]: HrTime): number {
  return seconds * 1_000 + nanos / 1_000_000;
}
