import fc from 'fast-check';
import { validateInputMessages, validateOutputMessages } from '../src/validate-messages';
import { validateSystemInstructions } from '../src/validate-system-instructions';
import { validateToolDefinitions } from '../src/validate-tool-definitions';
import {
  finishedMessages,
  inputMessages,
  outputMessages,
  part,
  systemInstructions,
  toolDefinitions,
} from '@genspan/test-utils';
import { officialSchema } from './official-schemas';

const LAWS = [
  ['input-messages', 'current', validateInputMessages, inputMessages],
  ['input-messages', 'v1.41.0', validateInputMessages, inputMessages],
  ['input-messages', 'v1.37.0', validateInputMessages, inputMessages],
  ['output-messages', 'current', validateOutputMessages, outputMessages],
  ['output-messages', 'v1.41.0', validateOutputMessages, finishedMessages],
  ['output-messages', 'v1.37.0', validateOutputMessages, finishedMessages],
  ['system-instructions', 'current', validateSystemInstructions, systemInstructions],
  ['system-instructions', 'v1.41.0', validateSystemInstructions, systemInstructions],
  ['system-instructions', 'v1.37.0', validateSystemInstructions, systemInstructions],
  ['tool-definitions', 'current', validateToolDefinitions, toolDefinitions],
  ['tool-definitions', 'v1.41.0', validateToolDefinitions, toolDefinitions],
] as const;

describe.each(LAWS)('the official schema of %s (%s)', (name, version, validate, arbitrary: fc.Arbitrary<unknown>) => {
  const official = officialSchema(version, name);

  it('accepts every valid value that we accept', () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(validate(value)).toEqual([]);
        expect(validate(JSON.stringify(value))).toEqual([]);
        expect(official(value)).toBe(true);
      }),
    );
  });

  // The older schemas want things that are optional now, such as a finish reason.
  if (version !== 'current') return;

  it('accepts every damaged value that we accept', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), fc.jsonValue(), (value, seed, intruder) => {
        const damaged = damage(value, seed, intruder);
        // A string at the top is taken as serialized JSON by us and as a plain value by the schema.
        fc.pre(typeof damaged !== 'string' && validate(damaged).length === 0);
        expect(official(damaged)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

it('rejects a known part that lost any field it needs', () => {
  fc.assert(
    fc.property(part, (whole) => {
      for (const field of NEEDED.get(whole.type) ?? []) {
        const rest = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== field));
        const problems = validateInputMessages([{ role: 'user', parts: [rest] }]);
        expect(problems.map(({ path }) => path)).toEqual([`$[0].parts[0].${field}`]);
      }
    }),
  );
});

// A map: the arbitrary types include names such as `valueOf`, which every plain object has.
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['text', ['content']],
  ['tool_call', ['name']],
  ['tool_call_response', ['response']],
  ['server_tool_call', ['name', 'server_tool_call']],
  ['server_tool_call_response', ['server_tool_call_response']],
  ['blob', ['modality', 'content']],
  ['file', ['modality', 'file_id']],
  ['uri', ['modality', 'uri']],
  ['reasoning', ['content']],
]);

/** Puts `intruder` in one place of a copy of `value`, chosen by `seed`. */
function damage(value: unknown, seed: number, intruder: unknown): unknown {
  const copy: unknown = structuredClone(value);
  const places: [object, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      places.push([node, key]);
      visit(child);
    }
  };
  visit(copy);
  const place = places[seed % Math.max(places.length, 1)];
  if (place === undefined) return intruder;
  Object.defineProperty(place[0], place[1], { value: intruder, enumerable: true, writable: true, configurable: true });
  return copy;
}
