import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as official from '@opentelemetry/semantic-conventions/incubating';
import * as semconv from '../src/index';

interface Row {
  name: string;
  type?: string;
  values?: { value: string }[];
  deprecated?: { since: string; replacement?: string; reason?: string };
}
const read = (file: string) =>
  JSON.parse(readFileSync(join(__dirname, '../table', file), 'utf8')) as {
    attributes?: Row[];
    metrics?: Row[];
    events?: Row[];
    valuesFor?: Record<string, { value: string }[]>;
    buckets?: Record<string, { boundaries: number[] }>;
  };
const files = [
  'attributes.json',
  'related-attributes.json',
  'deprecated-attributes.json',
  'genspan.json',
  'metrics.json',
  'events.json',
].map(read);
const attributes = files.flatMap((file) => file.attributes ?? []);
const metrics = files.flatMap((file) => file.metrics ?? []);
const events = files.flatMap((file) => file.events ?? []);
const exported: Readonly<Record<string, unknown>> = { ...semconv };
const ofKind = (prefix: string) => Object.keys(exported).filter((key) => key.startsWith(prefix));

describe('the exports', () => {
  it('are one constant per row of the table', () => {
    const values = [
      ...attributes.flatMap((row) => row.values ?? []),
      ...files.flatMap((file) => Object.values(file.valuesFor ?? {}).flat()),
    ];
    expect(ofKind('ATTR_')).toHaveLength(attributes.length);
    expect(ofKind('METRIC_')).toHaveLength(metrics.length);
    expect(ofKind('EVENT_')).toHaveLength(events.length);
    expect(Object.keys(exported).filter((key) => key.includes('_VALUE_'))).toHaveLength(values.length);
  });

  it.each([
    ['ATTR_', attributes],
    ['METRIC_', metrics],
    ['EVENT_', events],
  ])('that start with %s hold the names of the table, each once', (prefix, rows) => {
    const names = ofKind(prefix).map((key) => {
      const value = exported[key];
      return typeof value === 'function' ? (value as (key: string) => string)('').slice(0, -1) : value;
    });
    expect(new Set(names).size).toBe(names.length);
    expect(names.sort()).toEqual(rows.map((row) => row.name).sort());
  });

  it('hold every GenAI, OpenAI and MCP name of the frozen official package, with the same value', () => {
    // Spelled twice there: `completion` was renamed to `output` and kept as an alias.
    const aliases = new Set(['GEN_AI_TOKEN_TYPE_VALUE_COMPLETION']);
    const theirs = Object.entries(official).filter(
      ([key]) => /^((ATTR|METRIC|EVENT)_)?(GEN_AI|OPENAI|MCP)_/.test(key) && !aliases.has(key),
    );
    expect(theirs.length).toBeGreaterThan(150);
    for (const [key, value] of theirs) expect([key, exported[key]]).toEqual([key, value]);
  });

  it('make the name of a template attribute from its key', () => {
    expect(semconv.ATTR_GEN_AI_PROMPT_VARIABLE('city')).toBe('gen_ai.prompt.variable.city');
  });

  it('have the literal as their type', () => {
    const name: 'gen_ai.provider.name' = semconv.ATTR_GEN_AI_PROVIDER_NAME;
    const metric: 'gen_ai.client.inference.duration' =
      semconv.METRICS[semconv.METRIC_GEN_AI_CLIENT_INFERENCE_DURATION].name;
    expect([name, metric]).toEqual(['gen_ai.provider.name', 'gen_ai.client.inference.duration']);
  });

  it('put what is our own under GENSPAN', () => {
    const own = Object.keys(exported).filter((key) => key.includes('GENSPAN'));
    for (const key of own) {
      const value = exported[key];
      expect(
        Object.entries(official).filter(
          ([other, same]) => /GEN_AI_(OPERATION|PROVIDER)_NAME_VALUE/.test(other) && same === value,
        ),
      ).toEqual([]);
    }
    expect(own.length).toBe(92);
  });
});

describe('deprecated rows', () => {
  const deprecated = [...attributes, ...metrics, ...events].filter((row) => row.deprecated);

  it.each(deprecated.map((row) => [row.name, row] as const))(
    '%s says since when, and what to use or why there is nothing',
    (_name, row) => {
      expect(row.deprecated?.since).toMatch(/^(1\.\d+\.0|GenAI repository)$/);
      expect(row.deprecated?.replacement ?? row.deprecated?.reason).toBeTruthy();
    },
  );

  it('are never replaced by a deprecated name', () => {
    const current = new Set(
      [...attributes, ...metrics, ...events].filter((row) => !row.deprecated).map((row) => row.name),
    );
    for (const { deprecated: how } of deprecated) {
      if (how?.replacement !== undefined) expect(current).toContain(how.replacement);
    }
  });

  it('are the 1.41 metric names among others', () => {
    expect(deprecated.map((row) => row.name)).toEqual(
      expect.arrayContaining([
        semconv.METRIC_GEN_AI_CLIENT_TOKEN_USAGE,
        semconv.METRIC_GEN_AI_CLIENT_OPERATION_TIME_TO_FIRST_CHUNK,
        semconv.METRIC_GEN_AI_CLIENT_OPERATION_TIME_PER_OUTPUT_CHUNK,
        semconv.ATTR_GEN_AI_TOKEN_TYPE,
      ]),
    );
  });
});

describe('the renames', () => {
  it('move the provider and spell its values anew', () => {
    expect(semconv.RENAMED_ATTRIBUTES.get(semconv.ATTR_GEN_AI_SYSTEM)).toBe(semconv.ATTR_GEN_AI_PROVIDER_NAME);
    expect(semconv.RENAMED_VALUES.get(semconv.ATTR_GEN_AI_SYSTEM)?.get('xai')).toBe(
      semconv.GEN_AI_PROVIDER_NAME_VALUE_X_AI,
    );
  });

  it('leave out attributes whose value needs conversion', () => {
    expect(semconv.RENAMED_ATTRIBUTES.has(semconv.ATTR_GEN_AI_PROMPT)).toBe(false);
    expect(semconv.RENAMED_ATTRIBUTES.has(semconv.ATTR_GEN_AI_TOKEN_TYPE)).toBe(false);
  });

  it('spell values as the new attribute knows them', () => {
    for (const [from, values] of semconv.RENAMED_VALUES) {
      const target = attributes.find((row) => row.name === semconv.RENAMED_ATTRIBUTES.get(from));
      for (const to of values.values()) expect(target?.values?.map(({ value }) => value)).toContain(to);
    }
  });
});
