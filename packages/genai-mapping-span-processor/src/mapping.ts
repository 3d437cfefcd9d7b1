import type { AttributeValue } from '@opentelemetry/api';
import type { CompiledDialect } from './compiled-dialect.js';
import { COMPILED_DIALECTS, dialectsOf } from './compiled-dialects.js';
import { copyAttributes } from './copy-attributes.js';
import { maySpeak, spokenDialects } from './detect-dialect.js';
import type { OnFailure } from './detect-dialect.js';
import type { MappedEvent, MappingSource } from './dialect.js';
import type { DialectName } from './dialect-name.js';
import type { Loss } from './loss.js';
import { MappingResult, NOTHING_SAID } from './mapping-result.js';
import type { SaidAlready } from './mapping-result.js';
import { MappingTarget } from './mapping-target.js';
import type { ParsedMappingOptions } from './parse-map-options.js';
import type { PrefixSet } from './prefix-set.js';
import { prefixesOf, Reading } from './reading.js';

/** What became of a span. */
export interface MappingOutcome {
  /** The dialects that were read. */
  readonly from: readonly DialectName[];
  /** All attributes after the mapping; `undefined` when none changed. */
  readonly attributes: Record<string, AttributeValue> | undefined;
  /** All events after the mapping; `undefined` when none changed. */
  readonly events: readonly MappedEvent[] | undefined;
  readonly lost: readonly Loss[];
}

/** Translates spans, always the same way: made once from options, used for many spans. */
export class Mapping {
  /** The dialects that are written. */
  readonly to: readonly DialectName[];
  readonly #mode: 'add' | 'replace';
  /** The one to read, or none for all that are spoken. */
  readonly #from: CompiledDialect | undefined;
  readonly #targets: readonly CompiledDialect[];
  /** What the attributes of the dialects that are read begin with. */
  readonly #prefixes: PrefixSet;

  constructor({ from, to, mode }: ParsedMappingOptions) {
    this.to = to;
    this.#mode = mode;
    this.#from = from === 'auto' ? undefined : dialectsOf([from])[0];
    this.#targets = dialectsOf(to);
    this.#prefixes = prefixesOf(this.#from === undefined ? COMPILED_DIALECTS : [this.#from]);
  }

  /**
   * Translates what a span says.
   *
   * @param onFailure - told what failed; the rest goes on without it
   * @returns `undefined` when the span speaks none of the dialects that are read
   */
  run(source: MappingSource, onFailure: OnFailure): MappingOutcome | undefined {
    if (!maySpeak(source.attributes, source.events, this.#prefixes)) return undefined;
    const onUnreadable = (error: unknown): void => onFailure('read', undefined, error);
    const { events: sourceEvents, scopeName, spanName, startTimeMillis, isLocalRoot } = source;
    const copy = copyAttributes(source.attributes, onUnreadable);
    const plain: MappingSource = {
      attributes: copy,
      events: sourceEvents,
      scopeName,
      spanName,
      startTimeMillis,
      isLocalRoot,
    };
    const spoken = this.#from === undefined ? spokenDialects(plain, onFailure) : [this.#from];
    if (spoken.length === 0) return undefined;
    const reading = new Reading(plain, spoken, onFailure);
    // The copy is as good as any to write on, unless another target is still to look at it.
    const attributes = this.#targets.length === 1 ? copy : copyAttributes(copy, onUnreadable);
    const result = new MappingResult(reading, this.#mode, attributes);
    for (const target of this.#targets) {
      const written = new MappingTarget(plain, reading.record);
      try {
        target.write(reading.record, written);
        result.add(target, written, whatIsSaid(target, reading));
      } catch (error) {
        onFailure('write', target.dialect.name, error);
        result.fail(target);
      }
    }
    const { attributes: changed, events } = result.finish(this.#targets);
    return {
      from: spoken.map(({ dialect }) => dialect.name),
      // Values that are not attribute values were so before.
      attributes: changed as Record<string, AttributeValue> | undefined,
      events,
      lost: reading.losses.list(),
    };
  }
}

/** What a span says in the dialect that it is to be translated into. */
function whatIsSaid(target: CompiledDialect, reading: Reading): SaidAlready {
  const { source, record, dialects } = reading;
  if (dialects.includes(target)) {
    const bit = 1 << target.index;
    return { has: (fact) => record.isSaidBy(fact, target.index), owns: (key) => reading.isUnderstood(key, bit) };
  }
  // Only one dialect was asked for; the span may speak the target besides.
  if (!target.dialect.detect(source)) return NOTHING_SAID;
  const own = new Reading(source, [target], () => undefined);
  // Attributes that both have are what is translated, not what was there besides.
  const owns = (key: string): boolean => own.isUnderstood(key) && !reading.isUnderstood(key);
  return { has: (fact) => own.record.sourcesOf(fact).some(owns), owns };
}
