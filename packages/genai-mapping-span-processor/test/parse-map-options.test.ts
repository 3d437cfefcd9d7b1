import { mapAttributes } from '../src/map-attributes';
import { parseMapOptions } from '../src/parse-map-options';

describe('parseMapOptions', () => {
  it('fills in what is left out', () => {
    expect(parseMapOptions({ to: 'genai' })).toEqual({ from: 'auto', to: ['genai'], mode: 'add' });
    expect(parseMapOptions({ to: ['langfuse', 'openinference'], from: 'genai', mode: 'replace' })).toEqual({
      from: 'genai',
      to: ['langfuse', 'openinference'],
      mode: 'replace',
    });
  });

  it.each<[unknown, string]>([
    [undefined, 'Expected `to` to be one of'],
    [{}, 'Expected `to` to be one of'],
    [{ to: 'phoenix' }, 'got `"phoenix"`'],
    [{ to: [] }, 'Expected `to` to name a dialect or several, got an array of 0'],
    [{ to: ['genai', 'genai'] }, 'Expected `to[1]` to be another dialect than those before, got `"genai"`'],
    [{ to: ['genai', 7] }, 'Expected `to[1]` to be one of'],
    [{ to: 'genai', from: 'otel' }, 'Expected `from` to be one of `auto`'],
    [{ to: 'genai', mode: 'overwrite' }, 'Expected `mode` to be one of `add`, `replace`, got `"overwrite"`'],
    [{ to: 'genai', form: 'auto' }, 'got `"form"`'],
    ['genai', 'Expected `options` to be an object'],
  ])('refuses %j', (options, message) => {
    expect(() => parseMapOptions(options)).toThrow(message);
  });

  it('is what mapAttributes asks', () => {
    expect(() => mapAttributes({}, { to: 'phoenix' as 'genai' })).toThrow('Expected `to`');
  });
});
