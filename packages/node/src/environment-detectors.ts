import { diag } from '@opentelemetry/api';
import { describeProblem } from '@genspan/configuration';
import { DETECTOR_NAMES } from '@genspan/redaction-span-processor';
import type { DetectorName, RedactorOptions } from '@genspan/redaction-span-processor';

/** Names that may be shown: no key looks like this. */
const NAME = /^[a-z][a-z0-9_-]{0,23}$/;

/** What says which detectors search. */
type Detectors = Pick<RedactorOptions, 'detectors' | 'includeDefaults'>;

/**
 * The options that `OTEL_GENSPAN_REDACTION_DETECTORS` asks for.
 *
 * Each name that is no detector is one `diag` error. A typo switches nothing off: when a name in a list of names is unknown,
 * the detectors that are on by default stay on beside those that are named.
 *
 * @param items - names, or changes with `+` and `-`; `undefined` when the variable is not set
 */
export function usableDetectors(items: readonly string[] | undefined): Detectors {
  if (items === undefined) return {};
  const isList = items.every((item) => !/^[+-]/.test(item));
  const known = items.filter((item) => detectorOf(item) !== undefined);
  for (const item of items) if (!known.includes(item)) tellUnknown(item, isList);
  const named = (sign: string): readonly DetectorName[] =>
    known.filter((item) => item.startsWith(sign)).flatMap((item) => detectorOf(item) ?? []);
  if (isList) return { detectors: named(''), includeDefaults: known.length < items.length };
  // Of a name that is both added and taken away, the former counts.
  const changes = [...named('-').map((name) => [name, false]), ...named('+').map((name) => [name, true])];
  return { detectors: Object.fromEntries(changes) as Partial<Record<DetectorName, boolean>> };
}

function detectorOf(item: string): DetectorName | undefined {
  const wanted = item.replace(/^[+-]/, '');
  return DETECTOR_NAMES.find((name) => name === wanted);
}

function tellUnknown(item: string, isList: boolean): void {
  const name = item.replace(/^[+-]/, '');
  diag.error(
    describeProblem({
      variable: 'OTEL_GENSPAN_REDACTION_DETECTORS',
      expected: `names out of ${DETECTOR_NAMES.join(', ')}`,
      got: NAME.test(name) ? `"${name}"` : `${name.length} characters`,
      consequence: isList ? 'it is left out and all default detectors are on' : 'it is left out',
    }),
  );
}
