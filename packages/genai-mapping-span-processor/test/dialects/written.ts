import { mapAttributes } from '../../src/map-attributes.js';
import type { MapAttributesOptions, MappedAttributes } from '../../src/map-attributes.js';

/** What a mapping wrote beside the attributes that it was given. */
export function written(
  attributes: Readonly<Record<string, unknown>>,
  options: MapAttributesOptions,
): { attributes: Record<string, unknown>; lost: MappedAttributes['lost']; events: MappedAttributes['events'] } {
  const result = mapAttributes(attributes, options);
  if (result.failed.length > 0) throw new Error(`failed: ${result.failed.join(', ')}`);
  const fresh = Object.entries(result.attributes).filter(([key]) => !(key in attributes));
  return { attributes: Object.fromEntries(fresh), lost: result.lost, events: result.events };
}

/** Attributes that hold JSON, with their values parsed, for comparison. */
export function parsed(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      typeof value === 'string' && /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
