import { DIALECTS, readEnvironment } from '@genspan/configuration';
import { DIALECT_NAMES } from '@genspan/genai-mapping-span-processor';
import { expectMapping, mappingStage } from '../src/mapping-settings.js';

const settings = (environment: Record<string, string> = {}) => readEnvironment(environment).model.mapping;

test('names the dialects that there are', () => {
  expect(DIALECTS).toEqual(DIALECT_NAMES);
});

test('is there when a dialect is named', () => {
  expect(mappingStage(undefined, settings())).toBe(false);
  const environment = settings({ OTEL_GENSPAN_MAPPING_TO: 'openinference,langfuse' });
  expect(mappingStage(undefined, environment)).toEqual({
    to: ['openinference', 'langfuse'],
    from: 'auto',
    mode: 'add',
  });
  expect(mappingStage(false, environment)).toBe(false);
});

test('takes each option from the code, else from the environment', () => {
  const environment = settings({ OTEL_GENSPAN_MAPPING_TO: 'langfuse', OTEL_GENSPAN_MAPPING_MODE: 'replace' });
  expect(mappingStage({ to: 'openinference' }, environment)).toEqual({
    to: 'openinference',
    from: 'auto',
    mode: 'replace',
  });
});

test.each<[unknown, string]>([
  [[], 'Expected `mapping` to be an object or false, got an array of 0'],
  [{ to: 'phoenix' }, 'Expected `mapping.to` to be one of'],
  [{ to: 'langfuse', keep: true }, 'Expected `mapping` to have only'],
])('refuses the option %j', (value, message) => {
  expect(() => expectMapping(value, settings())).toThrow(message);
});
