import Ajv from 'ajv';

import { sampleOfSchema } from '../../src/openai-server/sample-of-schema';

const SCHEMAS: Record<string, object> = {
  'every type': {
    type: 'object',
    properties: {
      s: { type: 'string' },
      i: { type: 'integer' },
      n: { type: 'number' },
      b: { type: 'boolean' },
      z: { type: 'null' },
      a: {
        type: 'array',
        items: { type: 'object', properties: { x: { type: 'string' } }, required: ['x'] },
        minItems: 1,
      },
    },
    required: ['s', 'i', 'n', 'b', 'z', 'a'],
  },
  'enum and const': {
    type: 'object',
    properties: { e: { enum: ['red', 'blue'] }, c: { const: 7 } },
    required: ['e', 'c'],
  },
  'nullable and union': {
    type: 'object',
    properties: { a: { type: ['string', 'null'] }, b: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
    required: ['a', 'b'],
  },
  'local reference': {
    type: 'object',
    properties: { city: { $ref: '#/$defs/city' } },
    required: ['city'],
    $defs: { city: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
  },
};

describe('sampleOfSchema', () => {
  it.each(Object.entries(SCHEMAS))('fits a schema with %s', (_, schema) => {
    const sample = sampleOfSchema(schema);
    expect(new Ajv({ strict: false }).validate(schema, sample)).toBe(true);
    expect(sampleOfSchema(schema)).toEqual(sample);
  });

  it('ends a schema that contains itself', () => {
    const tree = {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
      required: ['name', 'children'],
    };
    expect(new Ajv({ strict: false }).validate(tree, sampleOfSchema(tree))).toBe(true);
  });
});
