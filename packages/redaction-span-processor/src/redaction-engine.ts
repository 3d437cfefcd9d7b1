import { MatchFinder } from './match-finder.js';
import { KeyPolicies } from './key-policies.js';
import type { KeyPolicy } from './key-policies.js';
import { REMOVE_FIELD, StructureError } from './field-replace.js';
import type { FieldReplace } from './field-replace.js';
import { compileFieldRules } from './field-rules.js';
import { Marks } from './marks.js';
import type { ParsedRedactorOptions } from './parse-redactor-options.js';
import { createPhoneValidator } from './phone-validation.js';
import { redactionEdits } from './redacted-text.js';
import type { Replace } from './redacted-text.js';
import { RedactionCounts } from './redaction-counts.js';
import type { RedactionField } from './redaction-field.js';
import type { RedactionMatch } from './redaction-match.js';
import type { FieldRule, Replacement } from './redaction-rule.js';
import type { MaskedWholeReason, RedactionStats } from './redaction-stats.js';
import { createReplacer, MASK } from './replacer.js';
import type { Replacer } from './replacer.js';
import { applyEdits, surroundings } from './text-edit.js';
import { compileUserPattern, compileWholePattern } from './user-pattern.js';
import { visitTexts } from './visit-texts.js';

/** Stands for an attribute that is taken away. */
export const REMOVED = REMOVE_FIELD;

/** How often a text is redacted again because something was found beside what was redacted. */
const MAX_ROUNDS = 4;

/** Applies detectors and rules to texts and values, and counts what they did. Nothing in it throws. */
export class RedactionEngine {
  /** Whether nothing is changed: everything is done, for its count, and left aside. */
  readonly dryRun: boolean;
  readonly #finder: MatchFinder;
  readonly #replacer: Replacer;
  readonly #marks: Marks;
  readonly #replacements = new Map<string, Replacement>();
  readonly #policies: KeyPolicies;
  readonly #maxValueLength: number;
  readonly #removes: boolean;
  readonly #counts = new RedactionCounts();

  /** @throws OptionError when a pattern or a path cannot be used, or a package is missing. */
  constructor(options: ParsedRedactorOptions) {
    const { rules, detectors, phoneValidation, allowlist, allowKeys } = options;
    this.dryRun = options.dryRun;
    this.#maxValueLength = options.maxValueLength;
    this.#removes = options.mode === 'remove';
    this.#replacer = createReplacer(options);
    this.#marks = new Marks(
      rules.map(({ name }) => name),
      options.mode === 'partial' ? options.keepLast : 0,
    );
    for (const { name, replacement } of rules) if (replacement !== undefined) this.#replacements.set(name, replacement);
    this.#finder = new MatchFinder({
      marks: this.#marks,
      detectors,
      // What rules put in the place of a secret is none.
      allowlist: new Set([
        ...allowlist,
        ...rules.flatMap(({ replacement }) => (typeof replacement === 'string' ? replacement : [])),
      ]),
      isPhoneNumber: phoneValidation && createPhoneValidator(phoneValidation),
      rules: rules.flatMap((rule, index) => {
        if (!('pattern' in rule)) return [];
        const { name, validate } = rule;
        return [{ name, validate, pattern: compileUserPattern(`rules[${index}].pattern`, rule.pattern) }];
      }),
      allowPatterns: options.allowPatterns.map((pattern, index) =>
        compileWholePattern(`allowPatterns[${index}]`, pattern),
      ),
    });
    this.#policies = new KeyPolicies(compileFieldRules(rules), allowKeys, (key) => this.find(key).length === 0);
  }

  /** What would be redacted in a text. Of one that is masked as a whole, all of it. */
  find(text: string): readonly RedactionMatch[] {
    if (typeof text !== 'string') return [];
    if (text.length > this.#maxValueLength) return [{ detector: 'length', start: 0, end: text.length }];
    try {
      return this.#finder.find(text);
    } catch {
      return [{ detector: 'error', start: 0, end: text.length }];
    }
  }

  /** The identical text when nothing is found. */
  text(text: string, field: RedactionField): string {
    try {
      const redacted = this.#search(text, field);
      return this.dryRun ? text : redacted;
    } catch {
      return this.#maskedWhole(text, 'error');
    }
  }

  /** An attribute's key, rewritten if it holds a secret. */
  key(key: string, field: RedactionField): string {
    return this.#policies.of(key).isClean ? key : this.text(key, field);
  }

  /** The identical value when nothing is found; `REMOVED` when the attribute must go. */
  attribute(key: string, value: unknown, field: RedactionField): unknown {
    return this.#value(this.#policies.of(key), value, field);
  }

  /** Like {@link attribute}, for what has no key of its own but is named in `allowKeys`. */
  pseudo(name: 'status.message' | 'body', value: unknown, field: RedactionField): unknown {
    return this.#value(this.#policies.of(name), value, field);
  }

  /** Like {@link attribute}, for a value that has no name at all. */
  value(value: unknown): unknown {
    return this.#value(this.#policies.root, value, 'text');
  }

  /** In a dry run the matches by detector since the last call. */
  takeMarks(): Record<string, number> | undefined {
    return this.#counts.takeMarks();
  }

  countSpan(millis: number): void {
    this.#counts.spans++;
    this.#counts.timeMillis += millis;
  }

  countLogRecord(millis: number): void {
    this.#counts.logRecords++;
    this.#counts.timeMillis += millis;
  }

  stats(): RedactionStats {
    return this.#counts.stats();
  }

  #value(policy: KeyPolicy, value: unknown, field: RedactionField): unknown {
    if (!policy.isAllowed) {
      this.#counts.notAllowed++;
      return this.dryRun ? value : REMOVED;
    }
    try {
      const redacted = this.#redact(policy, value, field);
      return this.dryRun ? value : redacted;
    } catch (error) {
      return this.#maskedWhole(value, error instanceof StructureError ? 'structure' : 'error');
    }
  }

  #redact(policy: KeyPolicy, value: unknown, field: RedactionField): unknown {
    const { rules, tellingName } = policy;
    let next = value;
    if (rules !== undefined) {
      const { whole } = rules;
      if (whole !== undefined && this.#takesAway(whole)) {
        this.#counts.countMatch(whole.name, field, this.dryRun);
        return REMOVED;
      }
      if (typeof value === 'string' && value.length > this.#maxValueLength) return this.#maskedWhole(value, 'length');
      next = rules.redactValue(value, this.#replaceField(field));
      if (next === REMOVED) return next;
    }
    return visitTexts(next, tellingName, (text, name) => this.#search(text, field, name));
  }

  #search(text: string, field: RedactionField, name?: string): string {
    if (text.length > this.#maxValueLength) return this.#maskedWhole(text, 'length');
    const matches = this.#finder.find(text, name);
    return matches.length === 0 ? text : this.#redactMatches(text, matches, field);
  }

  /** What is beside a secret can have hidden another one: nothing is left to find when this is done a second time. */
  #redactMatches(text: string, matches: readonly RedactionMatch[], field: RedactionField): string {
    // What a rule puts in the place of a secret is none.
    const own = new Set<string>();
    let round = 0;
    const replace: Replace = (secret, name) => {
      // What a rule makes of its own replacements could grow each time.
      const replacement = round === 0 ? this.#replace(secret, name, field) : this.#mark(secret, name, field);
      if (this.#replacements.has(name)) own.add(replacement);
      return replacement;
    };
    let redacted = text;
    let found = matches;
    for (; found.length > 0 && round < MAX_ROUNDS; round++) {
      const edits = redactionEdits(redacted, found, replace);
      redacted = applyEdits(redacted, edits);
      const next = redacted;
      const around = surroundings(next, edits);
      // Where edits are close to each other, what is around them is all there is.
      const isWhole = around[0]?.length === next.length;
      if (!isWhole && around.every((part) => this.#finder.find(part).length === 0)) break;
      found = this.#finder.find(next).filter(({ start, end }) => !own.has(next.slice(start, end)));
    }
    return redacted;
  }

  /** Whether a field that the rule names goes, whatever is in it. */
  #takesAway({ name }: FieldRule): boolean {
    return this.#removes && !this.#replacements.has(name);
  }

  #replaceField(field: RedactionField): FieldReplace {
    return (secret, rule) => {
      if (this.#marks.isMark(secret)) return secret;
      const replacement = this.#replace(secret, rule.name, field);
      return this.#takesAway(rule) ? REMOVE_FIELD : replacement;
    };
  }

  #mark(secret: string, name: string, field: RedactionField): string {
    this.#counts.countMatch(name, field, this.dryRun);
    return this.#replacer.replace(secret, name);
  }

  #replace(secret: string, name: string, field: RedactionField): string {
    const own = this.#replacements.get(name);
    // What a function does besides has no place in a dry run.
    if (own === undefined || (this.dryRun && typeof own === 'function')) return this.#mark(secret, name, field);
    this.#counts.countMatch(name, field, this.dryRun);
    const replacement: unknown = typeof own === 'string' ? own : own(secret, name);
    if (typeof replacement === 'string') return replacement;
    throw new TypeError('Expected a replacement to be a string');
  }

  /** What is masked whole is text, whatever it was. */
  #maskedWhole<T>(value: T, reason: MaskedWholeReason): T | string {
    this.#counts.maskedWhole[reason]++;
    return this.dryRun ? value : MASK;
  }
}
