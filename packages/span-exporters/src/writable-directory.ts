import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OptionError, expectNonEmptyString } from '@genspan/span-processor-base';
import { makeDirectorySync } from './make-directory.js';
import { systemErrorCode } from './system-error-code.js';

/**
 * A directory for files of ours, made with mode 0700 if it is not there, and tried by writing a file into it.
 *
 * @returns its absolute path, against the working directory of now
 * @throws OptionError naming the option and the system's error code when it cannot be made or written to.
 */
export function expectWritableDirectory(option: string, value: unknown): string {
  const path = resolve(expectNonEmptyString(option, value));
  const trial = join(path, `.genspan-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    makeDirectorySync(path);
    writeFileSync(trial, 'x', { mode: 0o600, flag: 'wx' });
    rmSync(trial);
  } catch (error) {
    throw new OptionError(option, `to be a directory that can be written to (${systemErrorCode(error)})`, value);
  }
  return path;
}
