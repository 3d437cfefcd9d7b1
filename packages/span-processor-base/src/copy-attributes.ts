import type { Attributes } from '@opentelemetry/api';

/**
 * Makes plain objects with room for 40 members inside: V8 reserves it for the members that a constructor could set.
 *
 * An object made by `{}` has room for 4; with some 20 a store by a key in a variable turns it into a hash table, and that
 * alone takes three times as long as to copy the attributes of a span and add to them (Node 20 and 24). The room that the
 * first few objects leave unused is given back.
 */
function RoomyObject(this: Record<string, unknown>, isFilled?: boolean): void {
  // Nobody asks for it, but the engine counts what stands here.
  if (isFilled !== true) return;
  this['a0'] = this['a1'] = this['a2'] = this['a3'] = this['a4'] = this['a5'] = this['a6'] = this['a7'] = undefined;
  this['b0'] = this['b1'] = this['b2'] = this['b3'] = this['b4'] = this['b5'] = this['b6'] = this['b7'] = undefined;
  this['c0'] = this['c1'] = this['c2'] = this['c3'] = this['c4'] = this['c5'] = this['c6'] = this['c7'] = undefined;
  this['d0'] = this['d1'] = this['d2'] = this['d3'] = this['d4'] = this['d5'] = this['d6'] = this['d7'] = undefined;
  this['e0'] = this['e1'] = this['e2'] = this['e3'] = this['e4'] = this['e5'] = this['e6'] = this['e7'] = undefined;
}
RoomyObject.prototype = Object.prototype;

const PlainObject = constructorOf(RoomyObject);

/** A copy of attributes, one level deep, to which others can be added at little cost. It is a plain object. */
export function copyAttributes(attributes: Readonly<Attributes>): Attributes {
  // Not a spread: Node.js 20 takes ten times as long to add attributes to an object that one made.
  return Object.assign(new PlainObject(), attributes);
}

function constructorOf(value: unknown): new () => Attributes {
  if (isConstructor(value)) return value;
  throw new TypeError('Expected a constructor');
}

function isConstructor(value: unknown): value is new () => Attributes {
  return typeof value === 'function';
}
