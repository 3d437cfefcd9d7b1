import { expectInteger, expectNonEmptyString, expectOptions } from '@genspan/span-processor-base';

/** What a report shows. */
export interface HtmlReportOptions {
  /**
   * The page's heading.
   * @defaultValue `Traces`
   */
  title?: string;
  /**
   * Characters shown of each text: each part of a message, each argument, result, attribute, stack. The page says what it
   * left out.
   * @defaultValue 20000
   */
  maxContentChars?: number;
  /**
   * Traces shown, those that started last.
   * @defaultValue 200
   */
  maxTraces?: number;
  /**
   * Spans shown, in all traces together.
   * @defaultValue 10000
   */
  maxSpans?: number;
}

/** The options with nothing left open. */
export type ParsedHtmlReportOptions = Readonly<Required<HtmlReportOptions>>;

/** Names of the options. */
export const HTML_REPORT_OPTION_NAMES: readonly string[] = ['title', 'maxContentChars', 'maxTraces', 'maxSpans'];

/** @throws OptionError when an option is wrong. */
export function parseHtmlReportOptions(options: unknown): ParsedHtmlReportOptions {
  return readHtmlReportOptions(expectOptions(options, HTML_REPORT_OPTION_NAMES));
}

/** The same, of an object that may have other options too. */
export function readHtmlReportOptions(given: Readonly<Record<string, unknown>>): ParsedHtmlReportOptions {
  return Object.freeze({
    title: expectNonEmptyString('title', given['title'] ?? 'Traces'),
    maxContentChars: expectInteger('maxContentChars', given['maxContentChars'] ?? 20_000),
    maxTraces: expectInteger('maxTraces', given['maxTraces'] ?? 200),
    maxSpans: expectInteger('maxSpans', given['maxSpans'] ?? 10_000),
  });
}
