import { DecodedText, hasHidingEscapes } from './decoded-text.js';
import type { DetectorName } from './detector-name.js';
import { isJsonLike } from './json-like.js';
import { eachJsonScalar, endOfString } from './json-scalars.js';
import { StringPlaces } from './string-places.js';
import { lastUpTo } from './last-up-to.js';
import type { Marks } from './marks.js';
import { mergeMatches } from './merge-matches.js';
import type { IsPhoneNumber } from './phone-validation.js';
import type { RedactionMatch } from './redaction-match.js';
import { namesNumber } from './secret-names.js';
import { secretUnderName } from './secret-under-name.js';
import { joinedTexts, mayHaveParts } from './split-text.js';
import { TextSearch } from './text-search.js';
import type { UserPattern, WholePattern } from './user-pattern.js';

/** How often escapes are resolved: JSON in JSON in JSON. */
const MAX_LEVELS = 6;

/** Longest number of a person, with an extension and spaces. */
const MAX_NUMBER_LENGTH = 64;

/** A rule with a pattern, ready for use. */
export interface CompiledPatternRule {
  readonly name: string;
  readonly pattern: UserPattern;
  readonly validate: ((match: string) => boolean) | undefined;
}

/** What a {@link MatchFinder} looks for, and what it leaves. */
export interface MatchFinderOptions {
  readonly detectors: ReadonlySet<DetectorName>;
  readonly rules: readonly CompiledPatternRule[];
  readonly allowlist: ReadonlySet<string>;
  readonly allowPatterns: readonly WholePattern[];
  /** Judges what the detector `phone` finds. */
  readonly isPhoneNumber: IsPhoneNumber | undefined;
  /** What was redacted already. */
  readonly marks: Marks;
}

/** What a search returns that has found nothing is used again by the next one, and must not leave. */
const NONE: readonly RedactionMatch[] = Object.freeze([]);

type Found = (detector: string, start: number, end: number) => void;

/** Finds everything that is to be redacted in a text, JSON or not. */
export class MatchFinder {
  readonly #search: TextSearch;
  readonly #options: MatchFinderOptions;

  constructor(options: MatchFinderOptions) {
    this.#options = options;
    this.#search = new TextSearch(options.detectors);
  }

  /**
   * @param name - of the field that the text is the value of, if it says something about it
   * @returns in the order of the text, none overlapping another; all of them are in what the text says, be it behind escapes
   * @throws what a validator throws
   */
  find(text: string, name?: string): readonly RedactionMatch[] {
    const isJson = isJsonLike(text);
    const own = this.#detect(text, isJson);
    const isHiding = hasHidingEscapes(text);
    const hasParts = isJson && mayHaveParts(text);
    const named = name === undefined ? NONE : this.#findUnderName(text, name);
    if (!isHiding && !hasParts && named.length === 0 && this.#options.rules.length === 0)
      return own.length === 0 ? NONE : this.#judge(text, own);
    const matches = [...own, ...named];
    const found: Found = (detector, start, end) => matches.push({ detector, start, end });
    if (isHiding) this.#findBehindEscapes(text, isJson, found);
    if (hasParts) this.#findAcrossParts(text, found);
    if (isJson) this.#applyRulesToJson(text, found, 0);
    else this.#applyRules(text, found);
    return matches.length === 0 ? NONE : this.#judge(text, matches);
  }

  /** What is found because of the name of the field that the text is the value of. */
  #findUnderName(text: string, name: string): readonly RedactionMatch[] {
    const secret = secretUnderName(text, name, this.#options.detectors);
    if (secret !== undefined) return [secret];
    if (text.length > MAX_NUMBER_LENGTH || !namesNumber(name.toLowerCase())) return NONE;
    // As if it were written out: `user.phoneNumber` is `user phone Number: …`.
    const lead = `${name.replace(/(?<=[a-z])(?=[A-Z])|[._-]+/g, ' ')}: `;
    return this.#detect(lead + text, false).flatMap(({ detector, start, end }) => {
      return start < lead.length ? [] : { detector, start: start - lead.length, end: end - lead.length };
    });
  }

  /** What the detectors find in a text as it is read: a number that is split over parts can only be judged where it is whole. */
  #detect(text: string, escaped: boolean): readonly RedactionMatch[] {
    const matches = this.#search.find(text, escaped);
    const { isPhoneNumber } = this.#options;
    if (isPhoneNumber === undefined || matches.length === 0) return matches;
    return matches.filter(({ detector, start, end }) => detector !== 'phone' || isPhoneNumber(text.slice(start, end)));
  }

  /** Merged, without what is allowed. */
  #judge(text: string, matches: readonly RedactionMatch[]): readonly RedactionMatch[] {
    const { allowlist, allowPatterns } = this.#options;
    const isAllowed = ({ start, end }: RedactionMatch): boolean => {
      const match = text.slice(start, end);
      return allowlist.has(match) || allowPatterns.some((pattern) => pattern.matchesWhole(match));
    };
    const hasAllowed = allowlist.size > 0 || allowPatterns.length > 0;
    const wanted = hasAllowed ? matches.filter((match) => !isAllowed(match)) : matches;
    return mergeMatches(this.#options.marks.without(text, wanted));
  }

  /** `a\u0040example.com`, at any depth. */
  #findBehindEscapes(text: string, isJson: boolean, found: Found): void {
    const levels: DecodedText[] = [];
    for (let current = text; levels.length < MAX_LEVELS && hasHidingEscapes(current);) {
      const decoded = new DecodedText(current);
      if (decoded.text === current) return;
      levels.push(decoded);
      current = decoded.text;
      const places = new StringPlaces(text);
      const matches = this.#detect(current, isJson).toSorted((a, b) => a.start - b.start);
      for (const { detector, start, end } of matches) {
        const rawStart = levels.reduceRight((at, level) => level.rawStart(at), start);
        const rawEnd = levels.reduceRight((at, level) => level.rawEnd(at), end);
        // Once the escapes are resolved, the quotes of a string are not told from those in it.
        if (!isJson) found(detector, rawStart, rawEnd);
        else if (places.includes(rawStart)) found(detector, rawStart, endOfString(text, rawStart, rawEnd));
      }
    }
  }

  /** What begins in one part of a message and ends in another, or is named in one and is in another. */
  #findAcrossParts(json: string, found: Found): void {
    for (const { text, parts } of joinedTexts(json)) {
      const starts = parts.map((part) => part.start);
      const across: Found = (detector, start, end) => {
        for (let at = lastUpTo(starts, start); at < parts.length; at++) {
          const part = parts[at];
          if (part === undefined || part.start >= end) break;
          const first = Math.max(start, part.start);
          const last = Math.min(end, part.end);
          if (last > first) found(detector, ...part.raw(first, last));
        }
      };
      for (const { detector, start, end } of this.#detect(text, false)) across(detector, start, end);
      this.#applyRules(text, across);
    }
  }

  /** A rule sees each string of a JSON text as what it stands for, also JSON in it, and each number. */
  #applyRulesToJson(json: string, found: Found, level: number): void {
    if (this.#options.rules.length === 0) return;
    eachJsonScalar(json, (start, end, isString) => {
      const raw = json.slice(start, end);
      if (!isString || !raw.includes('\\')) {
        this.#applyRulesAt(raw, level, (name, from, to) => found(name, start + from, start + to));
        return;
      }
      const decoded = new DecodedText(raw);
      this.#applyRulesAt(decoded.text, level, (name, from, to) => {
        found(name, start + decoded.rawStart(from), start + decoded.rawEnd(to));
      });
    });
  }

  #applyRulesAt(text: string, level: number, found: Found): void {
    if (level < MAX_LEVELS && isJsonLike(text)) this.#applyRulesToJson(text, found, level + 1);
    else this.#applyRules(text, found);
  }

  #applyRules(text: string, found: Found): void {
    for (const { name, pattern, validate } of this.#options.rules) {
      pattern.find(text, (start, end) => {
        if (validate?.(text.slice(start, end)) ?? true) found(name, start, end);
      });
    }
  }
}
