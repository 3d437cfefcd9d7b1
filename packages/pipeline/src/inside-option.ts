import { OptionError } from '@genspan/span-processor-base';

/** What a stage calls its options as a whole. */
const WHOLE = 'options';

/**
 * Runs `work`, which checks the options of a stage, so that its errors name them by their path from here: `rate` of the
 * option `sampling` is `sampling.rate`.
 *
 * @throws what `work` throws; of an `OptionError` with `option`, message and stack changed
 */
export function insideOption<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof OptionError) putInside(name, error);
    throw error;
  }
}

/** The same error, because only it knows what was expected, and from where it was thrown. */
function putInside(name: string, error: OptionError): void {
  const path = error.option === WHOLE ? name : `${name}.${error.option}`;
  const message = error.message.replace(`\`${error.option}\``, () => `\`${path}\``);
  // The stack begins with the message, and is what Node prints.
  const stack = error.stack?.replace(error.message, () => message);
  Object.defineProperty(error, 'option', { value: path, enumerable: true });
  Object.assign(error, { message, stack });
}
