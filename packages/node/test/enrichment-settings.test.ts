import { CONTEXT_KEYS, readEnvironment } from '@genspan/configuration';
import { CONTEXT_ATTRIBUTES } from '@genspan/genai-context';
import { diag } from '@opentelemetry/api';
import { captureDiag } from './captured-diag';
import { enrichmentStage, expectEnrichment } from '../src/enrichment-settings.js';

const settings = (environment: Record<string, string> = {}) => readEnvironment(environment).model.enrichment;

afterEach(() => diag.disable());

test('names the values of a context that there are', () => {
  expect(CONTEXT_KEYS).toEqual(Object.keys(CONTEXT_ATTRIBUTES));
});

test('is on with what is on by default', () => {
  expect(enrichmentStage(undefined, settings())).toEqual({
    attributes: {},
    context: true,
    baggageKeys: [],
    cost: true,
    tokens: {},
    traceTotals: true,
    maxSpanDepth: 100,
    maxAttributes: 128,
    payload: {
      maxValueBytes: 1_048_576,
      embeddings: 'keep',
      dropToolDefinitions: false,
      excludeFields: [],
      captureInputs: true,
      captureOutputs: true,
    },
  });
});

test('is off where the environment or the code says so; the code wins', () => {
  const off = settings({ OTEL_GENSPAN_ENRICHMENT_ENABLED: 'false' });
  expect(enrichmentStage(undefined, off)).toBe(false);
  expect(enrichmentStage({}, off)).toMatchObject({ cost: true });
  expect(enrichmentStage(false, settings())).toBe(false);
});

test('takes each option from the code, else from the environment; attributes key by key, limits one by one', () => {
  const environment = settings({
    OTEL_GENSPAN_ENRICHMENT_ATTRIBUTES: 'team=ai,region=eu',
    OTEL_GENSPAN_ENRICHMENT_COST: 'false',
    OTEL_GENSPAN_ENRICHMENT_TOKENS: 'length',
    OTEL_GENSPAN_ENRICHMENT_MAX_VALUE_BYTES: '1000',
    OTEL_GENSPAN_ENRICHMENT_KEEP_LAST_MESSAGES: '5',
    OTEL_GENSPAN_ENRICHMENT_DROP_TOOL_DEFINITIONS: 'names',
  });
  const given = { attributes: { region: 'us' }, payload: { maxValueBytes: 2_000 } };
  expect(enrichmentStage(given, environment)).toMatchObject({
    attributes: { team: 'ai', region: 'us' },
    cost: false,
    tokens: { estimate: 'length' },
    payload: { maxValueBytes: 2_000, keepLastMessages: 5, dropToolDefinitions: 'names' },
  });
  expect(enrichmentStage({ payload: false, cost: true }, environment)).toMatchObject({ payload: false, cost: true });
});

test('leaves a wrong path of the environment out, and says which', () => {
  const { errors } = captureDiag();
  const environment = settings({ OTEL_GENSPAN_ENRICHMENT_EXCLUDE_FIELDS: 'a.b,a[,**.ssn' });
  expect(enrichmentStage(undefined, environment)).toMatchObject({ payload: { excludeFields: ['a.b', '**.ssn'] } });
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(
    /^OTEL_GENSPAN_ENRICHMENT_EXCLUDE_FIELDS: Expected `fields\[1\]`.*; this field is left out$/,
  );
});

test.each<[unknown, string]>([
  [7, 'Expected `enrichment` to be an object or false, got `7`'],
  [{ maxTraces: 0 }, 'Expected `enrichment.maxTraces` to be an integer of at least 1, got `0`'],
  [{ cost: { prices: [{}] } }, 'Expected `enrichment.cost.prices[0]` to have a price'],
  [{ meterProvider: {} }, 'Expected `enrichment.meterProvider` to be a meter provider (getMeter), got an object'],
])('refuses the option %j', (value, message) => {
  expect(() => expectEnrichment(value, settings())).toThrow(message);
});

test('accepts nothing from the environment that the stage refuses', () => {
  const least = {
    OTEL_GENSPAN_ENRICHMENT_MAX_VALUE_BYTES: '256',
    OTEL_GENSPAN_ENRICHMENT_MAX_MESSAGE_BYTES: '256',
    OTEL_GENSPAN_ENRICHMENT_KEEP_FIRST_MESSAGES: '0',
    OTEL_GENSPAN_ENRICHMENT_KEEP_LAST_MESSAGES: '0',
    OTEL_GENSPAN_ENRICHMENT_MAX_SPAN_DEPTH: '1',
    OTEL_GENSPAN_ENRICHMENT_MAX_ATTRIBUTES: '16',
  };
  for (const [name, value] of Object.entries(least)) {
    expect(() => expectEnrichment({}, settings({ [name]: value }))).not.toThrow();
    const below = readEnvironment({ [name]: String(Number(value) - 1) });
    expect(below.problems).toHaveLength(1);
    expect(() => expectEnrichment({}, below.model.enrichment)).not.toThrow();
  }
});
