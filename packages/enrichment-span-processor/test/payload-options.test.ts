import { OptionError } from '@genspan/span-processor-base';
import { parsePayloadOptions } from '../src/payload-options.js';

describe('parsePayloadOptions', () => {
  it('limits no more than the bytes of a value by default', () => {
    expect(parsePayloadOptions('payload', undefined)).toEqual({
      maxValueBytes: 1_048_576,
      maxMessageBytes: undefined,
      keepFirstMessages: undefined,
      keepLastMessages: undefined,
      dropToolDefinitions: false,
      embeddings: 'keep',
      excludeFields: [],
      captureInputs: true,
      captureOutputs: true,
    });
  });

  it.each([
    [{ maxValueBytes: 255 }, 'Expected `payload.maxValueBytes` to be an integer of at least 256, got `255`'],
    [{ maxMessageBytes: 1.5 }, 'Expected `payload.maxMessageBytes` to be an integer of at least 256, got `1.5`'],
    [{ keepFirstMessages: -1 }, 'Expected `payload.keepFirstMessages` to be an integer of at least 0, got `-1`'],
    [{ keepLastMessages: '3' }, 'Expected `payload.keepLastMessages` to be an integer of at least 0, got `"3"`'],
    [
      { dropToolDefinitions: 'all' },
      'Expected `payload.dropToolDefinitions` to be true, false or \'names\', got `"all"`',
    ],
    [{ embeddings: true }, 'Expected `payload.embeddings` to be one of `keep`, `length`, got `true`'],
    [{ excludeFields: 'ssn' }, 'Expected `payload.excludeFields` to be an array of at least one string'],
    [{ excludeFields: ['a', 'b..c'] }, 'Expected `payload.excludeFields[1]` to be a field path (no segment is empty)'],
    [{ excludeFields: ['a[3]'] }, 'Expected `payload.excludeFields[0]` to be a field path (in brackets is only `*`)'],
    [{ excludeFields: ['**'] }, 'Expected `payload.excludeFields[0]` to be a field path (with a name in it)'],
    [{ excludeFields: ['a.**b'] }, '(`**` is a segment of its own)'],
    [{ captureInputs: 'no' }, 'Expected `payload.captureInputs` to be true or false, got `"no"`'],
    [{ maxBytes: 1 }, 'to have only `maxValueBytes`'],
    [[], 'Expected `payload` to be an object, got an array of 0'],
    [null, 'Expected `payload` to be an object, got `null`'],
  ])('says what is wrong with %j', (options, message) => {
    expect(() => parsePayloadOptions('payload', options)).toThrow(OptionError);
    expect(() => parsePayloadOptions('payload', options)).toThrow(message);
  });
});
