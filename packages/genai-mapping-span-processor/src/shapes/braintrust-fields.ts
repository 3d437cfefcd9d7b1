import { isFields, parseJson, structureOf } from './json.js';
import { nestAttributes } from './indexed-attributes.js';

/** One field of a Braintrust span, and the attributes that it was put together from. */
export interface BraintrustField {
  readonly value: unknown;
  readonly sources: readonly string[];
}

type Attributes = Readonly<Record<string, unknown>>;

/**
 * What was given or answered: JSON, a text, or spread over attributes such as `braintrust.input.0.role`.
 *
 * @param mirror - attribute of the same content that Braintrust reads as well
 */
export function readContentField(attributes: Attributes, name: string, mirror?: string): BraintrustField | undefined {
  for (const key of [`${name}_json`, name, mirror]) {
    const attribute = key === undefined ? undefined : attributes[key];
    if (key === undefined || attribute === undefined) continue;
    const parsed = structureOf(attribute);
    // Without `_json` at its end, a text may be just that.
    if (parsed !== undefined || key === name) return { value: parsed ?? attribute, sources: [key] };
  }
  const sources: string[] = [];
  const value = nestAttributes(attributes, `${name}.`, (key) => sources.push(key));
  return value === undefined ? undefined : { value, sources };
}

/** A field with members: a JSON object, attributes with the name of a member at their end, or both. */
export function readMembers(
  attributes: Attributes,
  name: string,
): { value: Attributes; sources: string[] } | undefined {
  const prefix = `${name}.`;
  const sources: string[] = [];
  const members = new Map<string, unknown>();
  const whole = structureOf(attributes[name]);
  if (isFields(whole)) {
    sources.push(name);
    for (const key of Object.keys(whole)) members.set(key, whole[key]);
  }
  for (const key of Object.keys(attributes)) {
    if (!key.startsWith(prefix) || key.length === prefix.length) continue;
    sources.push(key);
    const attribute = attributes[key];
    // Members that are objects or lists are written as JSON.
    const structure = typeof attribute === 'string' ? parseJson(attribute) : undefined;
    members.set(key.slice(prefix.length), typeof structure === 'object' ? structure : attribute);
  }
  return sources.length === 0 ? undefined : { value: withoutPrototype(members), sources };
}

/** A list of texts, as such or as JSON. */
export function readTexts(value: unknown): readonly string[] | undefined {
  const list = typeof value === 'string' ? (parseJson(value) ?? [value]) : value;
  return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
}

function withoutPrototype(members: ReadonlyMap<string, unknown>): Attributes {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of members) object[key] = value;
  return object;
}
