import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import {
  validateInputMessages,
  validateOutputMessages,
  validateSystemInstructions,
  validateToolDefinitions,
} from '@genspan/semconv';
import { DIALECTS } from '../src/dialects';
import { INTEGER_FACTS } from '../src/facts';
import { mapAttributes } from '../src/map-attributes';
import { toFinishReason } from '../src/shapes/finish-reasons';
import { genaiAttributes, wildAttributes, wildEvents } from './arbitrary-span';

const NAMES = DIALECTS.map(({ name }) => name);
const name = fc.constantFrom(...NAMES);
const options = fc.record({
  from: fc.oneof(fc.constant('auto' as const), name),
  to: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
  mode: fc.constantFrom('add' as const, 'replace' as const),
});

describe('mapAttributes, whatever it is given', () => {
  it('never throws and fails in no dialect', () => {
    fc.assert(
      fc.property(wildAttributes, wildEvents, options, (attributes, events, how) => {
        const { failed } = mapAttributes(attributes, { ...how, events });
        expect(failed).toEqual([]);
      }),
      fuzz(2000),
    );
  });

  it('lets everything pass under its name in mode add, and adds only', () => {
    fc.assert(
      fc.property(wildAttributes, wildEvents, options, (attributes, events, { from, to }) => {
        const result = mapAttributes(attributes, { from, to, mode: 'add', events });
        for (const [key, value] of Object.entries(attributes)) {
          // A name without a value is one that is not there.
          if (value !== undefined) expect(result.attributes[key]).toBe(value);
        }
        expect(result.events.slice(0, events.length)).toEqual(events);
      }),
      fuzz(100),
    );
  });

  it('lets what belongs to no dialect pass, in every mode', () => {
    const foreign = { 'http.request.method': 'GET', 'server.address': 'example.com', mine: [1, 2] };
    fc.assert(
      fc.property(wildAttributes, options, (attributes, how) => {
        expect(mapAttributes({ ...attributes, ...foreign }, how).attributes).toMatchObject(foreign);
      }),
      fuzz(100),
    );
  });

  it('does not write on what it is given', () => {
    fc.assert(
      fc.property(genaiAttributes, options, (attributes, how) => {
        const copy = structuredClone(attributes);
        const frozen = Object.freeze(attributes);
        mapAttributes(frozen, how);
        expect(attributes).toEqual(copy);
      }),
      fuzz(100),
    );
  });

  it('names each loss once', () => {
    fc.assert(
      fc.property(wildAttributes, wildEvents, options, (attributes, events, how) => {
        const { lost } = mapAttributes(attributes, { ...how, events });
        expect(new Set(lost.map((loss) => JSON.stringify(loss))).size).toBe(lost.length);
      }),
      fuzz(100),
    );
  });

  it('changes nothing more when it is done again in mode add', () => {
    fc.assert(
      fc.property(genaiAttributes, name, (attributes, to) => {
        const once = mapAttributes(attributes, { to });
        const twice = mapAttributes(once.attributes, { to, events: once.events });
        expect(twice.attributes).toEqual(once.attributes);
        expect(twice.events).toEqual(once.events);
      }),
      fuzz(100),
    );
  });

  it('writes current GenAI that is valid', () => {
    fc.assert(
      fc.property(wildAttributes, wildEvents, name, (attributes, events, from) => {
        const { attributes: mapped } = mapAttributes(attributes, { from, to: 'genai', mode: 'add', events });
        for (const [key, validate] of Object.entries(VALIDATORS)) {
          if (Object.hasOwn(attributes, key) || mapped[key] === undefined) continue;
          expect({ key, problems: validate(mapped[key]) }).toEqual({ key, problems: [] });
        }
      }),
      fuzz(1000),
    );
  });
});

const VALIDATORS = {
  'gen_ai.input.messages': validateInputMessages,
  'gen_ai.output.messages': validateOutputMessages,
  'gen_ai.system_instructions': validateSystemInstructions,
  'gen_ai.tool.definitions': validateToolDefinitions,
};

const OTHERS = NAMES.filter((other) => other !== 'genai');

describe.each(OTHERS)('from genai to %s', (other) => {
  it('and back loses only what was reported', () => {
    fc.assert(
      fc.property(genaiAttributes, (attributes) => {
        const there = mapAttributes(attributes, { from: 'genai', to: other, mode: 'replace' });
        const back = mapAttributes(there.attributes, {
          from: other,
          to: 'genai',
          mode: 'replace',
          events: there.events,
        });
        const lost = new Set(there.lost.map(({ attribute }) => attribute));
        const expected = normal(attributes, lost);
        const got = normal(back.attributes, lost);
        for (const key of Object.keys(expected))
          if (!lost.has(key)) expect({ [key]: got[key] }).toEqual({ [key]: expected[key] });
      }),
      fuzz(300),
    );
  });

  it('writes valid current GenAI on the way back', () => {
    fc.assert(
      fc.property(genaiAttributes, (attributes) => {
        const there = mapAttributes(attributes, { from: 'genai', to: other, mode: 'replace' });
        const back = mapAttributes(there.attributes, {
          from: other,
          to: 'genai',
          mode: 'replace',
          events: there.events,
        });
        for (const [key, validate] of Object.entries(VALIDATORS)) {
          if (back.attributes[key] !== undefined) expect(validate(back.attributes[key])).toEqual([]);
        }
      }),
      fuzz(100),
    );
  });

  it('leaves numbers that are not there out, and keeps zeros', () => {
    const counts = INTEGER_FACTS.filter((fact) => fact.startsWith('gen_ai.usage.'));
    fc.assert(
      fc.property(fc.subarray(counts), (given) => {
        const attributes = {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          ...Object.fromEntries(given.map((fact) => [fact, 0])),
        };
        const there = mapAttributes(attributes, { from: 'genai', to: other, mode: 'replace' });
        const back = mapAttributes(there.attributes, {
          from: other,
          to: 'genai',
          mode: 'replace',
          events: there.events,
        });
        const lost = new Set(there.lost.map(({ attribute }) => attribute));
        for (const fact of counts) {
          if (!given.includes(fact)) expect(back.attributes[fact]).toBeUndefined();
          else if (!lost.has(fact)) expect(back.attributes[fact]).toBe(0);
        }
      }),
      fuzz(100),
    );
  });
});

interface Message {
  readonly role: string;
  readonly parts: readonly unknown[];
  readonly finish_reason?: string | null;
}

/**
 * What says the same looks the same: JSON parsed, members that are null left out, instructions at the beginning of the messages
 * where they were reported to go there, finish reasons on the messages and beside them.
 */
function normal(attributes: Readonly<Record<string, unknown>>, lost: ReadonlySet<string>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes)) result[key] = withoutNulls(parsed(value));
  const reasons = result['gen_ai.response.finish_reasons'];
  if (Array.isArray(reasons))
    result['gen_ai.response.finish_reasons'] = reasons.map((word: string) => toFinishReason(word));
  const output = result['gen_ai.output.messages'] as readonly Message[] | undefined;
  if (output !== undefined) {
    const said = (result['gen_ai.response.finish_reasons'] as readonly string[] | undefined) ?? [];
    result['gen_ai.output.messages'] = output.map((message, index) => {
      const { finish_reason: own = said[index], ...rest } = message;
      return own === undefined || lost.has('gen_ai.response.finish_reasons') ? rest : { ...rest, finish_reason: own };
    });
  }
  if (lost.has('gen_ai.system_instructions')) {
    const { 'gen_ai.system_instructions': instructions, 'gen_ai.input.messages': input = [] } = result;
    const messages = input as readonly Message[];
    // Some instrumentations say them in both places; then they are written once.
    const isSaid = messages[0]?.role === 'system' && isDeepStrictEqual(messages[0].parts, instructions);
    const first =
      instructions === undefined || isSaid ? [] : [{ role: 'system', parts: instructions as readonly unknown[] }];
    result['gen_ai.input.messages'] = withOneBeginning([...first, ...messages]);
  }
  return result;
}

/** Instructions may become one message, or one each. */
function withOneBeginning(messages: readonly Message[]): readonly Message[] {
  const end = messages.findIndex((message) => message.role !== 'system' || Object.keys(message).length > 2);
  const system = messages.slice(0, end === -1 ? messages.length : end);
  if (system.length === 0) return messages;
  return [{ role: 'system', parts: system.flatMap(({ parts }) => parts) }, ...messages.slice(system.length)];
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}
