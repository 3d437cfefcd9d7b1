import type { InstrumentationScopeLike, ReadableSpanLike, ResourceLike } from '@genspan/span-processor-base';
import { scopeAttributes } from './wire-values.js';

/** Spans of one scope. */
export interface ScopeGroup {
  readonly scope: InstrumentationScopeLike;
  readonly spans: ReadableSpanLike[];
}

/** Spans of one resource. */
export interface ResourceGroup {
  readonly resource: ResourceLike;
  readonly scopes: ScopeGroup[];
}

/** A span that cannot be grouped, and why. */
export type OnUnreadable = (span: ReadableSpanLike, error: unknown) => void;

/**
 * Groups spans as a request lists them: by the identity of their resource, then by name, version and schema URL of their scope;
 * a scope with attributes of its own is told apart by its identity. Keeps the order of first appearance.
 */
export function groupSpans(spans: readonly ReadableSpanLike[], onUnreadable: OnUnreadable): ResourceGroup[] {
  const groups = new SpanGroups();
  for (const span of spans) {
    try {
      groups.add(span);
    } catch (error) {
      onUnreadable(span, error);
    }
  }
  return groups.list;
}

class SpanGroups {
  readonly list: ResourceGroup[] = [];
  readonly #byResource = new Map<ResourceLike, { group: ResourceGroup; byScope: Map<unknown, ScopeGroup> }>();
  #lastResource: ResourceLike | undefined;
  #last: ScopeGroup | undefined;

  add(span: ReadableSpanLike): void {
    const { resource, instrumentationScope: scope } = span;
    // Most batches come from one resource, and mostly from one scope after itself.
    if (this.#last === undefined || resource !== this.#lastResource || scope !== this.#last.scope) {
      this.#last = this.#groupOf(resource, scope);
      this.#lastResource = resource;
    }
    this.#last.spans.push(span);
  }

  #groupOf(resource: ResourceLike, scope: InstrumentationScopeLike): ScopeGroup {
    const key = scopeKey(scope);
    let entry = this.#byResource.get(resource);
    if (entry === undefined) {
      entry = { group: { resource, scopes: [] }, byScope: new Map() };
      this.#byResource.set(resource, entry);
      this.list.push(entry.group);
    }
    let group = entry.byScope.get(key);
    if (group === undefined) {
      group = { scope, spans: [] };
      entry.byScope.set(key, group);
      entry.group.scopes.push(group);
    }
    return group;
  }
}

function scopeKey(scope: InstrumentationScopeLike): unknown {
  return scopeAttributes(scope) === undefined
    ? JSON.stringify([scope.name, scope.version || '', scope.schemaUrl || ''])
    : scope;
}
