import { accessSync, constants, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  OptionError,
  expectInteger,
  expectNonEmptyString,
  expectOneOf,
  expectOptions,
} from '@genspan/span-processor-base';
import { systemErrorCode } from '../system-error-code.js';
import { HTML_REPORT_OPTION_NAMES, readHtmlReportOptions } from './html-report-options.js';
import type { HtmlReportOptions, ParsedHtmlReportOptions } from './html-report-options.js';
import { makeDirectorySync } from '../make-directory.js';
import { ReportDirectory } from './report-directory.js';

/** Options of `HtmlReportSpanExporter`. Exactly one of `path` and `directory` is given. */
export interface HtmlReportSpanExporterOptions extends HtmlReportOptions {
  /** File of the one page of a run. It replaces what is there. Missing folders are created, mode 0700. */
  path?: string;
  /** Folder of pages, named by the start and the id of what they show. Created if missing, mode 0700. */
  directory?: string;
  /**
   * Whether there is a page for each trace, or one for all traces of this exporter.
   * @defaultValue `trace` with `directory`, `run` with `path`
   */
  per?: 'trace' | 'run';
  /**
   * Bytes of memory that the spans may take that wait or are held so that their page can be written anew.
   * @defaultValue 67108864 (64 MiB)
   */
  maxBytes?: number;
  /**
   * Pages in `directory`, those of earlier and other processes included; beyond, the oldest are removed.
   * @defaultValue 1000
   */
  maxFiles?: number;
  /**
   * With a page for each trace: milliseconds without a new span after which a page is written without the local root.
   * @defaultValue 60000
   */
  waitMillis?: number;
  /**
   * With one page of a run: milliseconds that lie between two writings at least.
   * @defaultValue 5000
   */
  writeIntervalMillis?: number;
}

/** The options with nothing left open. */
export interface ParsedHtmlReportSpanExporterOptions extends ParsedHtmlReportOptions {
  readonly target: { readonly path: string } | { readonly per: 'trace' | 'run'; readonly directory: ReportDirectory };
  readonly maxBytes: number;
  readonly waitMillis: number;
  readonly writeIntervalMillis: number;
}

const OPTION_NAMES = [
  'path',
  'directory',
  'per',
  ...HTML_REPORT_OPTION_NAMES,
  'maxBytes',
  'maxFiles',
  'waitMillis',
  'writeIntervalMillis',
];

/**
 * Checks the options and makes the folder.
 *
 * @throws OptionError when an option is wrong, or the folder cannot be made or written to.
 */
export function parseHtmlReportSpanExporterOptions(options: unknown): ParsedHtmlReportSpanExporterOptions {
  const given = expectOptions(options, OPTION_NAMES);
  const parsed = {
    ...readHtmlReportOptions(given),
    maxBytes: expectInteger('maxBytes', given['maxBytes'] ?? 67_108_864),
    waitMillis: expectInteger('waitMillis', given['waitMillis'] ?? 60_000),
    writeIntervalMillis: expectInteger('writeIntervalMillis', given['writeIntervalMillis'] ?? 5_000),
  };
  return Object.freeze({ ...parsed, target: targetOf(given) });
}

function targetOf(given: Readonly<Record<string, unknown>>): ParsedHtmlReportSpanExporterOptions['target'] {
  const { path, directory } = given;
  const maxFiles = expectInteger('maxFiles', given['maxFiles'] ?? 1_000);
  if (path !== undefined && directory !== undefined) {
    throw new OptionError('path', 'not to be given together with `directory`', path);
  }
  if (path !== undefined) {
    expectOneOf('per', given['per'] ?? 'run', ['run']);
    return { path: expectWritableFile(resolve(expectNonEmptyString('path', path))) };
  }
  const per = expectOneOf('per', given['per'] ?? 'trace', ['trace', 'run']);
  const absolute = resolve(expectNonEmptyString('directory', directory));
  return {
    per,
    directory: usable('directory', absolute, () => new ReportDirectory(expectWritable(absolute), maxFiles)),
  };
}

function expectWritableFile(path: string): string {
  return usable('path', path, () => {
    expectWritable(dirname(path));
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw Object.assign(new Error('It is a folder'), { code: 'EISDIR' });
    }
    return path;
  });
}

function expectWritable(directory: string): string {
  makeDirectorySync(directory);
  accessSync(directory, constants.W_OK | constants.X_OK);
  return directory;
}

function usable<T>(option: string, path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw new OptionError(option, `to be a place that can be written to (${systemErrorCode(error)})`, path);
  }
}
