import { OptionError, expectOptions, expectRatio } from '@genspan/span-processor-base';
import { insideOption } from '../src/inside-option.js';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('insideOption', () => {
  it('gives what the work gives', () => {
    expect(insideOption('stage', () => 7)).toBe(7);
  });

  it('names an option by its path, in the message, the stack and the property', () => {
    const error = thrownBy(() => insideOption('stage', () => expectRatio('ratio', 2)));
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({
      option: 'stage.ratio',
      message: 'Expected `stage.ratio` between 0 and 1, got `2`',
      code: 'ERR_GENSPAN_OPTION',
    });
    expect((error as OptionError).stack).toMatch(/^[^\n]*Expected `stage\.ratio` between 0 and 1, got `2`\n +at /);
  });

  it('names the options as a whole by the name of the stage', () => {
    const error = thrownBy(() => insideOption('stage', () => expectOptions({ ratoi: 1 }, ['ratio'])));
    expect(error).toMatchObject({ option: 'stage', message: 'Expected `stage` to have only `ratio`, got `"ratoi"`' });
  });

  it('leaves every other error as it is', () => {
    const error = new TypeError('Expected `ratio` to be different');
    const thrown = thrownBy(() =>
      insideOption('stage', () => {
        throw error;
      }),
    );
    expect(thrown).toBe(error);
    expect(error.message).toBe('Expected `ratio` to be different');
  });
});
